import { isDefinedError, safe } from '@orpc/client';
import type { Language, LeafletId } from '../../src-main/contract/ids.ts';
import type { Leaflet } from '../../src-main/contract/leaflet.ts';
import type { LeafletStatus } from '../../src-main/contract/status.ts';
import { makeLeafletId } from '../../src-main/domain/visit-ids.ts';
import { LineDown } from '../api/line.ts';
import type { VisitKiosk } from './visit-kiosk.svelte.ts';

/**
 * What the visitor reads of a page they wanted on paper. `asked`: nobody has answered yet. `too-many`: this visit has had
 * its share.
 */
export interface LeafletNote {
  readonly state: LeafletStatus['state'] | 'asked' | 'too-many';
  readonly problem: LeafletStatus['problem'];
}

const answerWithinMs = 20_000;

/** Which page a leaflet is of, whatever is counted on it. */
function pageOf(leaflet: Leaflet): string {
  switch (leaflet.kind) {
    case 'topic':
      return `topic ${leaflet.topicId}`;
    case 'type-info':
      return `type-info ${leaflet.typeId}`;
    case 'hours':
      return `hours ${leaflet.stationId ?? ''} ${leaflet.serviceId}`;
    case 'hand-over':
      return leaflet.kind;
  }
}

/** Pages on paper for one visitor: each page shows what became of its own. */
export class VisitLeaflets {
  /** By page; the newest leaflet of each. */
  #notes = $state.raw<Readonly<Record<string, LeafletNote>>>({});
  #ids: Readonly<Record<string, LeafletId>> = {};
  readonly #kiosk: VisitKiosk;
  readonly #language: () => Language;
  readonly #stops: (() => void)[];
  #isStopped = false;

  constructor(kiosk: VisitKiosk, language: () => Language) {
    this.#kiosk = kiosk;
    this.#language = language;
    this.#stops = [
      kiosk.onNotice((notice) => {
        if (notice.kind === 'leaflet') this.#hear(notice.leaflet);
      }),
      kiosk.line.onChange((isUp) => {
        if (!isUp) this.#loseSight();
      }),
    ];
  }

  /** Of this page; null when nobody wanted it on paper. */
  noteOf(leaflet: Leaflet): LeafletNote | null {
    return this.#notes[pageOf(leaflet)] ?? null;
  }

  /** Asks for the page on paper, in the language on screen. A second touch while it is under way changes nothing. */
  async print(leaflet: Leaflet): Promise<void> {
    const page = pageOf(leaflet);
    const { state } = this.#notes[page] ?? {};
    if (state === 'asked' || state === 'queued' || state === 'sent') return;
    const leafletId = makeLeafletId(Date.now(), crypto.getRandomValues(new Uint8Array(10)));
    this.#ids = { ...this.#ids, [page]: leafletId };
    this.#note(page, { state: 'asked', problem: null });
    const signal = AbortSignal.timeout(answerWithinMs);
    const wish = { leafletId, leaflet, language: this.#language() };
    const [error, status] = await safe(this.#kiosk.line.client.printLeaflet(wish, { signal }));
    if (this.#isStopped || this.#ids[page] !== leafletId) return;
    if (error === null) {
      // The stream may have been quicker with something newer.
      if (this.#notes[page]?.state === 'asked') this.#hear(status);
    } else if (error instanceof LineDown) this.#note(page, { state: 'failed', problem: 'offline' });
    else if (isDefinedError(error) && error.code === 'TOO_MANY_LEAFLETS')
      this.#note(page, { state: 'too-many', problem: null });
    else if (isDefinedError(error)) this.#note(page, { state: 'failed', problem: 'unknown' });
    else this.#note(page, { state: 'unknown', problem: null });
  }

  stop(): void {
    this.#isStopped = true;
    for (const stop of this.#stops) stop();
  }

  #hear({ leafletId, state, problem }: LeafletStatus): void {
    const page = Object.keys(this.#ids).find((key) => this.#ids[key] === leafletId);
    if (page !== undefined) this.#note(page, { state, problem });
  }

  /** While the line is down nobody tells what comes out. */
  #loseSight(): void {
    for (const [page, { state }] of Object.entries(this.#notes))
      if (state === 'queued' || state === 'sent') this.#note(page, { state: 'unknown', problem: null });
  }

  #note(page: string, note: LeafletNote): void {
    this.#notes = { ...this.#notes, [page]: note };
  }
}
