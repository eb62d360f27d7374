import { describe, expect, it } from 'vitest';
import { localDate, localTime } from '../../src-main/domain/local-time.ts';

describe('local time at the station', () => {
  it('follows summer and winter time whatever the process believes', () => {
    expect(localTime(new Date('2026-11-20T13:32:00Z'))).toBe('2026-11-20T14:32');
    expect(localTime(new Date('2026-07-01T22:30:00Z'))).toBe('2026-07-02T00:30');
    expect(localDate(new Date('2026-07-01T22:30:00Z'))).toBe('2026-07-02');
  });

  it('knows the hour that does not exist', () => {
    expect(localTime(new Date('2026-03-29T00:59:00Z'))).toBe('2026-03-29T01:59');
    expect(localTime(new Date('2026-03-29T01:00:00Z'))).toBe('2026-03-29T03:00');
  });
});
