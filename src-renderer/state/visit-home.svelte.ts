import type { Gate, ReportType } from '../../src-main/contract/content.ts';
import type { HomeDoor, MenuNow } from '../../src-main/contract/menu.ts';
import { assertNever } from '../../src-main/domain/assert-never.ts';
import { findType } from '../../src-main/domain/type-menu.ts';
import type { VisitKiosk } from './visit-kiosk.svelte.ts';
import type { VisitScreens } from './visit-screens.svelte.ts';

export interface VisitHomeOptions {
  readonly kiosk: VisitKiosk;
  readonly screens: VisitScreens;
  readonly callStaff: () => void;
  readonly chooseType: (type: ReportType) => void;
}

const isAsked = ({ route }: ReportType): boolean => route === 'self' || route === 'assisted';

/** The home screen of one visit: which doors it has, and where they lead. */
export class VisitHome {
  readonly #options: VisitHomeOptions;
  #kept = $state.raw<MenuNow | null>(null);
  /** Through which door the visitor came to the gates. */
  #door: HomeDoor | null = null;

  constructor(options: VisitHomeOptions) {
    this.#options = options;
  }

  /** As it was when the visitor came to the home screen: nothing moves under a finger. */
  get menu(): MenuNow | null {
    return this.#kept ?? this.#options.kiosk.welcome?.menu ?? null;
  }

  /** The visitor comes to the home screen, for the first time or back: what holds now is shown. */
  arrive(): void {
    this.#kept = this.#options.kiosk.welcome?.menu ?? null;
  }

  /** Goes through a door of this menu. */
  open(doorId: string): void {
    const doors = this.menu === null ? [] : [...this.menu.timedDoors, ...this.menu.doors];
    const door = doors.find(({ id }) => id === doorId);
    if (door !== undefined) this.#open(door);
  }

  /** What is asked before what the door leads to. Force and place choose among types: before one type danger is enough. */
  gatesBefore(gates: readonly Gate[]): readonly Gate[] {
    const door = this.#door;
    if (door?.door === 'follow') return [];
    if (door?.door !== 'type') return gates;
    return door.passesGates
      ? gates.filter((gate) => gate.answers.some(({ leadsTo }) => leadsTo === 'stop'))
      : [];
  }

  /** To what the door leads to, once nothing stands before it any more; false where it is all types. */
  goBehind(): boolean {
    const door = this.#door;
    if (door?.door === 'types') {
      this.#options.screens.go({ name: 'door-types', doorId: door.id });
      return true;
    }
    const [type] = door?.door === 'type' || door?.door === 'follow' ? this.#typesOf([door.typeId]) : [];
    if (type !== undefined) this.#options.chooseType(type);
    return type !== undefined;
  }

  /** The types behind a door of this visit's menu, under the door's own title. */
  typesBehind(doorId: string): readonly ReportType[] {
    const door = this.menu?.doors.find(({ id }) => id === doorId);
    return door?.door === 'types' ? this.#typesOf(door.typeIds) : [];
  }

  /** From what a person at the counter answers to what is written to them. */
  writeToStaff(): void {
    if (this.#door?.door === 'follow') this.#enter(this.#door);
  }

  #open(door: HomeDoor): void {
    const { screens } = this.#options;
    switch (door.door) {
      case 'report':
        this.#enter(door);
        return;
      case 'type': {
        const [type] = this.#typesOf([door.typeId]);
        if (type === undefined) return;
        if (isAsked(type)) this.#enter(door);
        else this.#options.chooseType(type);
        return;
      }
      case 'types':
        if (this.#typesOf(door.typeIds).some(isAsked)) this.#enter(door);
        else screens.go({ name: 'door-types', doorId: door.id });
        return;
      case 'follow':
        this.#door = door;
        screens.go({ name: 'follow' });
        return;
      case 'hours':
      case 'rights':
      case 'cards':
        screens.go({ name: door.door });
        return;
      case 'languages':
        screens.go({ name: 'languages', purpose: 'call' });
        return;
      case 'staff':
        this.#options.callStaff();
        return;
      default:
        assertNever(door);
    }
  }

  #enter(door: HomeDoor): void {
    this.#door = door;
    this.#options.screens.go({ name: this.#options.kiosk.canReport ? 'privacy' : 'unenrolled' });
  }

  #typesOf(ids: readonly string[]): readonly ReportType[] {
    const { content } = this.#options.kiosk;
    return content === null ? [] : ids.flatMap((id) => findType(content, id) ?? []);
  }
}
