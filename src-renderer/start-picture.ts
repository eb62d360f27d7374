import { render } from 'svelte/server';
import type { VisitorLine } from './api/visitor-line.ts';
import { openVisitor } from './visitor/open-visitor.ts';
import VisitorApp from './visitor/VisitorApp.svelte';

/**
 * The start screen as HTML, as it stands before the services have said a word. The build puts it into the page, so that
 * it is painted before any script has run; the live screen then takes its place.
 * @param line one that never comes up.
 */
export async function renderStart(line: VisitorLine): Promise<string> {
  const { visit, i18n } = await openVisitor(line);
  try {
    const { body } = await render(VisitorApp, { props: { visit, i18n } });
    return (
      body
        // Marks for hydration, which does not happen: the screen is made anew.
        .replaceAll(/<!--.*?-->/gs, '')
        // A picture answers no touch, so it must not look like a screen to whoever waits for one.
        .replaceAll(/ data-(?:screen|action|language)="/g, ' data-picture="')
    );
  } finally {
    visit.stop();
  }
}
