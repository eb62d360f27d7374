/** A question that was just asked is seen and read at once, however far down the list somebody stood. */
export function comeForward(element: HTMLElement): void {
  const first = element.querySelector<HTMLElement>('input[type="text"]') ?? element;
  first.focus();
  element.scrollIntoView({ block: 'nearest' });
}
