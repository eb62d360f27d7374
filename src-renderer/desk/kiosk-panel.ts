import type { DeskKiosks } from '../state/desk-kiosks.svelte.ts';

/** The id of a kiosk's tab. */
export function kioskTabId(kiosks: DeskKiosks, kiosk = kiosks.shown): string {
  return `kiosk-tab-${String(kiosks.all.indexOf(kiosk))}`;
}

/** What makes an element that of the tab above; inside a landmark, because a panel of tabs is none. */
export function kioskPanel(kiosks: DeskKiosks): Readonly<Record<string, string>> {
  return kiosks.areSeveral
    ? { id: 'kiosk', role: 'tabpanel', 'aria-labelledby': kioskTabId(kiosks) }
    : { id: 'kiosk' };
}
