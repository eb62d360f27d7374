import type { VisitorContent } from '../contract/content.ts';
import type { Report } from '../contract/report.ts';
import { receiptVariantOf } from './triage.ts';

/** For whoever reported between two local times the station promised an answer within so many days. */
export interface ReplyPromise {
  readonly from: string;
  readonly until: string;
  readonly days: number;
}

/** What one version of the station's settings promised, and since when it held. */
export interface PromiseVersion {
  /** Local time of the approval. */
  readonly at: string;
  readonly promise: {
    readonly validFrom: string;
    readonly reviewBy: string;
    readonly replyWithinDays: number;
  } | null;
}

/** The versions as spans of time, oldest first: each holds until the next one was approved. */
export function promiseSpans(versions: readonly PromiseVersion[]): ReplyPromise[] {
  return versions.flatMap(({ at, promise }, index) => {
    if (promise === null) return [];
    const first = `${promise.validFrom}T00:00`;
    const last = `${promise.reviewBy}T23:59`;
    const next = versions[index + 1]?.at ?? last;
    const from = first > at ? first : at;
    const until = next < last ? next : last;
    return from <= until ? [{ from, until, days: promise.replyWithinDays }] : [];
  });
}

const dayMs = 86_400_000;

/** Until when an answer was promised on the slip of this report; null: no promise was made. As `domain/receipt.ts` makes it. */
export function promisedUntil(
  promises: readonly ReplyPromise[],
  content: VisitorContent,
  { receivedAt, receivedLocal, isClockTrusted, summary }: Report,
): number | null {
  const variant = receiptVariantOf(content, summary.reportType);
  if (summary.isAnonymous || !isClockTrusted || variant === 'tip' || variant === 'appointment') return null;
  const promise = promises.find(({ from, until }) => receivedLocal >= from && receivedLocal <= until);
  return promise === undefined ? null : Date.parse(receivedAt) + promise.days * dayMs;
}
