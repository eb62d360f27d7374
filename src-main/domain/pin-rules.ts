import type { PinFault } from '../contract/desk-staff.ts';

const shortestPin = 6;
const shortestPassphrase = 10;

function isRun(digits: string): boolean {
  const values = Array.from(digits, Number);
  const steps = new Set(values.slice(1).map((value, at) => value - (values[at] ?? 0)));
  return steps.size === 1 && [0, 1, -1].some((step) => steps.has(step));
}

function isRepeated(text: string): boolean {
  return [1, 2, 3].some(
    (size) => text.length % size === 0 && text === text.slice(0, size).repeat(text.length / size),
  );
}

/** What is wrong with a PIN or passphrase somebody wants; null: nothing. Guessing is slowed, so six digits do. */
export function findPinFault(wanted: string, userName: string): Exclude<PinFault, 'same'> | null {
  const isPin = /^\d+$/.test(wanted);
  if (wanted.length < (isPin ? shortestPin : shortestPassphrase)) return 'short';
  const lower = wanted.toLocaleLowerCase('da');
  if (!isPin && lower.includes(userName)) return 'name';
  if (isRepeated(lower) || (isPin && isRun(wanted)) || new Set(lower).size < 3) return 'simple';
  return null;
}
