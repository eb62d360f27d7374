/** Brings a field and its label above the keys once they stand there; what is in sight already stays where it is. */
export function keepInSight(event: FocusEvent): void {
  const field = event.target;
  if (!(field instanceof HTMLInputElement || field instanceof HTMLTextAreaElement)) return;
  const show = (): void => {
    field.labels?.[0]?.scrollIntoView({ block: 'nearest' });
    // Last, so that the field itself wins where there is not room for both.
    field.scrollIntoView({ block: 'nearest' });
  };
  // Two frames: the keys are drawn in the first, the page has its new height in the second.
  requestAnimationFrame(() => requestAnimationFrame(show));
}

/** An attachment: what appears below a field while it is written in is not left under the keys. */
export function comeIntoSight(element: HTMLElement): void {
  requestAnimationFrame(() =>
    requestAnimationFrame(() => {
      if (element.isConnected) element.scrollIntoView({ block: 'nearest' });
    }),
  );
}
