import { cutText } from './graphemes.ts';

function isHighSurrogate(text: string, at: number): boolean {
  const unit = text.charCodeAt(at);
  return unit >= 0xd800 && unit <= 0xdbff;
}

/** How many units both begin with; a pair is never torn apart. */
function sharedStart(one: string, other: string): number {
  const most = Math.min(one.length, other.length);
  let count = 0;
  while (count < most && one.charCodeAt(count) === other.charCodeAt(count)) count += 1;
  return count > 0 && isHighSurrogate(one, count - 1) ? count - 1 : count;
}

function sharedEnd(one: string, other: string, most: number): number {
  let count = 0;
  while (
    count < most &&
    one.charCodeAt(one.length - 1 - count) === other.charCodeAt(other.length - 1 - count)
  )
    count += 1;
  return count > 0 && isHighSurrogate(one, one.length - 1 - count) ? count - 1 : count;
}

/**
 * What a field holds after a change, when it has room for `max` UTF-16 units. What does not fit of the new part stays
 * out; nothing that stood there before is pushed off the end.
 */
export function fitText(before: string, next: string, max: number): string {
  if (next.length <= max) return next;
  const start = sharedStart(before, next);
  const end = sharedEnd(before, next, Math.min(before.length, next.length) - start);
  const room = max - start - end;
  if (room < 0) return cutText(next, max);
  const added = next.slice(start, next.length - end);
  return next.slice(0, start) + cutText(added, room) + next.slice(next.length - end);
}
