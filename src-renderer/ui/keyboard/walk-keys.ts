const directions: Readonly<Record<string, readonly [x: number, y: number]>> = {
  ArrowRight: [1, 0],
  ArrowLeft: [-1, 0],
  ArrowDown: [0, 1],
  ArrowUp: [0, -1],
};

function middle(key: Element): readonly [x: number, y: number] {
  const { left, top, width, height } = key.getBoundingClientRect();
  return [left + width / 2, top + height / 2];
}

/** The nearest key in a direction; being in line counts more than being near. */
function nextKey(
  keys: readonly HTMLElement[],
  from: HTMLElement,
  [x, y]: readonly [number, number],
): HTMLElement | null {
  const [fromX, fromY] = middle(from);
  let best: { key: HTMLElement; cost: number } | null = null;
  for (const key of keys) {
    const [toX, toY] = middle(key);
    const along = (toX - fromX) * x + (toY - fromY) * y;
    const aside = Math.abs((toX - fromX) * y) + Math.abs((toY - fromY) * x);
    const cost = along + aside * 3;
    if (key !== from && along > 1 && (best === null || cost < best.cost)) best = { key, cost };
  }
  return best?.key ?? null;
}

/** All keys are one stop of Tab, or whoever cannot see would pass forty of them on the way to "next"; arrows walk among them. */
export function walkKeys(bed: HTMLElement): () => void {
  const keys = (): HTMLElement[] => [...bed.querySelectorAll<HTMLElement>('button')];
  const settle = (): void => {
    const used =
      keys().find((key) => key === document.activeElement) ?? keys().find((key) => key.tabIndex === 0);
    for (const [at, key] of keys().entries())
      key.tabIndex = key === used || (used === undefined && at === 0) ? 0 : -1;
  };
  const move = (event: KeyboardEvent): void => {
    const direction = directions[event.key];
    const from = keys().find((key) => key === document.activeElement);
    const to = direction && from ? nextKey(keys(), from, direction) : null;
    if (to === null) return;
    event.preventDefault();
    to.tabIndex = 0;
    to.focus();
    settle();
  };
  // Other letters are other keys.
  const observer = new MutationObserver(settle);
  observer.observe(bed, { childList: true, subtree: true });
  bed.addEventListener('keydown', move);
  settle();
  return () => {
    observer.disconnect();
    bed.removeEventListener('keydown', move);
  };
}
