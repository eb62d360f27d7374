import { safe } from '@orpc/client';
import type { PinFault } from '../../src-main/contract/desk-staff.ts';
import type { Staff } from '../../src-main/contract/staff.ts';
import type { DeskClient } from '../api/connect-desk.ts';
import type { SessionRefusal } from './desk-session.svelte.ts';

export type PinProblem = PinFault | 'not-stored' | 'no-answer';
/** Who stands between the sign-in and the desk, to choose another PIN. */
export interface Chooser {
  readonly staff: Staff;
  /** Somebody else has seen the PIN: there is no way on without another. */
  readonly isForced: boolean;
}

/** The choice of another PIN. Nothing of the desk is shown meanwhile. */
export class DeskPin {
  #chooser = $state.raw<Chooser | null>(null);
  #problem = $state<PinProblem | null>(null);
  readonly #client: DeskClient;

  constructor(client: DeskClient) {
    this.#client = client;
  }

  get chooser(): Chooser | null {
    return this.#chooser;
  }
  get problem(): PinProblem | null {
    return this.#problem;
  }

  begin(chooser: Chooser): void {
    this.#chooser = chooser;
    this.#problem = null;
  }

  drop(): void {
    this.#chooser = null;
  }

  /** @returns who goes on to the desk, or why the kiosk refuses; null: another try. */
  async choose(pin: string): Promise<Staff | SessionRefusal | null> {
    const chooser = this.#chooser;
    if (chooser === null) return null;
    const result = await safe(this.#client.changePin({ pin }));
    if (result.isSuccess) {
      this.drop();
      return chooser.staff;
    }
    if (!result.isDefined) this.#problem = 'no-answer';
    else if (result.error.code === 'POOR_PIN') this.#problem = result.error.data.fault;
    else if (result.error.code === 'NOT_STORED') this.#problem = 'not-stored';
    else return result.error.code;
    return null;
  }
}
