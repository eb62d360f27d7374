import type { DistrictOverview } from '../../src-main/contract/district-page.ts';

type Kiosk = DistrictOverview['kiosks'][number];
type MarkKind = 'history' | 'parked' | 'silent' | 'revoked' | 'code';

/** What the page says of one kiosk; the kinds are also the keys of their words. */
export interface KioskRow {
  readonly kiosk: Kiosk;
  readonly key: {
    readonly kind: 'days' | 'old' | 'folder' | 'none' | 'revoked';
    readonly days: number;
  };
  readonly marks: readonly { readonly kind: MarkKind; readonly count: number }[];
  readonly canRevoke: boolean;
}

const dayMs = 24 * 3600 * 1000;
/** A lobby has visitors every day; a kiosk that delivers nothing for so long is worth a look. */
const silentDays = 2;
/** From then on the page says that a key may be renewed. */
const oldKeyDays = 730;

const daysBetween = (from: string, to: string): number =>
  Math.max(0, Math.floor((Date.parse(to) - Date.parse(from)) / dayMs));

function keyOf(kiosk: Kiosk, now: string): KioskRow['key'] {
  const counting = kiosk.keys.find(({ state }) => state === 'counts');
  if (counting !== undefined) {
    const days = daysBetween(counting.addedAt, now);
    return { kind: days >= oldKeyDays ? 'old' : 'days', days };
  }
  if (kiosk.keys.some(({ state }) => state === 'revoked')) return { kind: 'revoked', days: 0 };
  return { kind: kiosk.hasKeyInFolder ? 'folder' : 'none', days: 0 };
}

export function describeKiosk(kiosk: Kiosk, now: string): KioskRow {
  const key = keyOf(kiosk, now);
  const canRevoke = key.kind !== 'revoked' && key.kind !== 'none';
  const silent = kiosk.lastContactAt === null ? 0 : daysBetween(kiosk.lastContactAt, now);
  const marks = [
    { kind: 'history', count: kiosk.otherHistories },
    { kind: 'parked', count: kiosk.parked },
    { kind: 'silent', count: canRevoke && silent >= silentDays ? silent : 0 },
    { kind: 'revoked', count: key.kind === 'revoked' ? 1 : 0 },
    { kind: 'code', count: kiosk.codeUntil === null ? 0 : 1 },
  ] as const;
  return { kiosk, key, marks: marks.filter(({ count }) => count > 0), canRevoke };
}
