import type { Role } from '../../src-main/contract/staff.ts';
import type { DeskSession } from './desk-session.svelte.ts';

/** The places of a desk in the order of their tabs, and who has work there. The kiosk asks the same of every call. */
const whoWorksAt = {
  queue: ['front-desk', 'officer', 'supervisor'],
  numbers: ['supervisor'],
  audit: ['supervisor'],
  station: ['supervisor'],
  staff: ['supervisor'],
  desks: ['supervisor', 'it'],
  health: ['supervisor', 'it'],
} as const satisfies Record<string, readonly Role[]>;
export type PlaceName = keyof typeof whoWorksAt;

const names: readonly PlaceName[] = ['queue', 'numbers', 'audit', 'station', 'staff', 'desks', 'health'];

/** Where somebody who is signed in stands. Everybody begins at the first place of their own. */
export class DeskPlace {
  #wanted = $state<PlaceName>('queue');
  readonly #session: DeskSession;

  constructor(session: DeskSession) {
    this.#session = session;
    session.onLock(() => {
      this.#wanted = 'queue';
    });
  }

  get mine(): readonly PlaceName[] {
    const roles = this.#session.staff?.roles ?? [];
    return names.filter((name) => whoWorksAt[name].some((role) => roles.includes(role)));
  }

  /** Null for somebody whose roles have no place. */
  get current(): PlaceName | null {
    const { mine } = this;
    return mine.includes(this.#wanted) ? this.#wanted : (mine[0] ?? null);
  }

  go(name: PlaceName): void {
    if (this.mine.includes(name)) this.#wanted = name;
  }

  /** The neighbour of a tab, around the end. */
  neighbour(name: PlaceName, steps: 1 | -1): PlaceName {
    const { mine } = this;
    return mine.at((mine.indexOf(name) + steps) % mine.length) ?? name;
  }
}
