import { z } from 'zod';
import { stationSettingsSchema } from '../../src-main/contract/station-settings.ts';
import type { ReadableDb } from '../transaction.ts';

const settingsRow = z.object({ approved_at: z.string(), body: z.string().nullable() });
const { validFrom, reviewBy, replyWithinDays } = stationSettingsSchema.shape;
/** Whatever else it says. */
const promising = z.object({ validFrom, reviewBy, replyWithinDays });

/** What a version of the station's settings promised; `promise` null: nothing. */
export interface StoredPromise {
  readonly approvedAt: string;
  readonly promise: {
    readonly validFrom: string;
    readonly reviewBy: string;
    readonly replyWithinDays: number;
  } | null;
}

function readPromise(body: string | null): StoredPromise['promise'] {
  const parsed = body === null ? null : promising.safeParse(JSON.parse(body));
  if (parsed?.success !== true || parsed.data.replyWithinDays === null) return null;
  return { ...parsed.data, replyWithinDays: parsed.data.replyWithinDays };
}

/** Every version there was, oldest first. */
export function listPromises(db: ReadableDb): StoredPromise[] {
  return db.all('SELECT approved_at, body FROM station_settings ORDER BY version').map((row) => {
    const { approved_at, body } = settingsRow.parse(row);
    return { approvedAt: approved_at, promise: readPromise(body) };
  });
}
