const firstMs = 500;
const nextMs = 110;

/** An attachment: one act per press, and more of them while the key is held, as on any keyboard. */
export function repeatWhileHeld(act: () => void): (key: HTMLElement) => () => void {
  return (key) => {
    let timer: ReturnType<typeof setTimeout> | undefined;
    const stop = (): void => {
      clearTimeout(timer);
      timer = undefined;
    };
    const again = (): void => {
      act();
      timer = setTimeout(again, nextMs);
    };
    const start = (): void => {
      stop();
      timer = setTimeout(again, firstMs);
    };
    key.addEventListener('pointerdown', start);
    for (const end of ['pointerup', 'pointerleave', 'pointercancel']) key.addEventListener(end, stop);
    return () => {
      stop();
      key.removeEventListener('pointerdown', start);
      for (const end of ['pointerup', 'pointerleave', 'pointercancel']) key.removeEventListener(end, stop);
    };
  };
}
