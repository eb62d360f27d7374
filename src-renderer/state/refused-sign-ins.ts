import type { StaffId } from '../../src-main/contract/ids.ts';

/**
 * Who was refused at which kiosk, by the id they have where they were let in; never a name. Each attempt of somebody without
 * an account would slow down the colleagues who have one.
 */
export class RefusedSignIns {
  readonly #who = new Map<string, Set<StaffId>>();

  has(origin: string, staffId: StaffId): boolean {
    return this.#who.get(origin)?.has(staffId) === true;
  }

  add(origin: string, staffId: StaffId): void {
    this.#who.set(origin, (this.#who.get(origin) ?? new Set()).add(staffId));
  }

  /** They have signed in there by themselves: their accounts may match by now. */
  forgive(origin: string, staffId: StaffId): void {
    this.#who.get(origin)?.delete(staffId);
  }
}
