import { describe, expect, it } from 'vitest';
import { createDoor, longestHoldMs, wordHoldsMs } from '../../src-main/services/door.ts';

function open(kept: number | null = null) {
  let nowMs = Date.parse('2026-11-21T12:00:00Z');
  let until = kept;
  const door = createDoor({
    clock: { now: () => new Date(nowMs), monotonicMs: () => nowMs },
    heldUntil: { read: () => until, write: (next) => void (until = next) },
  });
  return { door, kept: () => until, now: () => nowMs, pass: (ms: number) => void (nowMs += ms) };
}

describe('the door', () => {
  it('is not shut on a visitor, and opens again when one came in between', () => {
    const { door, kept } = open();
    door.tell(true);
    expect([door.hold(60_000), door.isHeld(), kept()]).toEqual([false, false, null]);
    door.tell(false);
    expect([door.hold(60_000), door.isHeld()]).toEqual([true, true]);
    door.tell(true);
    expect([door.hold(60_000), door.isHeld()]).toEqual([false, false]);
  });

  it('stays shut over a restart, and opens by itself when nobody opens it', () => {
    const first = open();
    first.door.hold(60_000);
    const second = open(first.kept());
    expect(second.door.isHeld()).toBe(true);
    second.pass(60_001);
    expect(second.door.isHeld()).toBe(false);
  });

  it('believes no page that fell silent in the middle of a visit, and no time that lies far ahead', () => {
    const { door, pass } = open();
    door.tell(true);
    pass(wordHoldsMs);
    expect(door.hold(1000)).toBe(true);
    expect(open(Date.parse('2027-11-21T12:00:00Z')).door.isHeld()).toBe(false);
    const long = open();
    long.door.hold(2 * longestHoldMs);
    expect((long.kept() ?? 0) - long.now()).toBe(longestHoldMs);
  });
});
