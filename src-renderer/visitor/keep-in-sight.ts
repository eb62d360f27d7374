/** Brings a field above the keys once they stand there; what is being written is never under the edge. */
export function keepInSight(event: FocusEvent): void {
  const field = event.target;
  if (!(field instanceof HTMLElement)) return;
  // Two frames: the keys are drawn in the first, the page has its new height in the second.
  requestAnimationFrame(() => requestAnimationFrame(() => field.scrollIntoView({ block: 'center' })));
}
