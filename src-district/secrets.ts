import { createHash, randomBytes, randomInt } from 'node:crypto';

/** Letters and digits that nobody mistakes for one another. */
const signs = 'ABCDEFGHJKMNPQRSTVWXYZ23456789';
const groups = 4;
const groupLength = 5;

/** To be read to somebody: `K7QXM-…`, 98 bits. */
export function makeCode(): string {
  const group = (): string =>
    Array.from({ length: groupLength }, () => signs[randomInt(signs.length)] ?? '').join('');
  return Array.from({ length: groups }, group).join('-');
}

export function makeToken(): string {
  return randomBytes(32).toString('base64url');
}

/** However it was typed. */
export function hashCode(typed: string): string {
  return hashSecret(typed.toUpperCase().replaceAll(/[^A-Z0-9]/g, ''));
}

/** Long random words need no slow hash. */
export function hashSecret(secret: string): string {
  return createHash('sha256').update(secret).digest('hex');
}
