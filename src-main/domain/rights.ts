import type { ReportType } from '../contract/content.ts';
import type { Language } from '../contract/ids.ts';
import type { RightsClaim, RightsTopic, Source } from '../contract/rights.ts';

/** What is known of a visitor who opens the rights; none of it is ever shown there. */
export interface RightsVisitor {
  readonly language: Language;
  readonly isUnder18: boolean;
  readonly type: Pick<ReportType, 'id' | 'rightsTopics'> | null;
  readonly gateAnswers: Readonly<Record<string, string>>;
}

export interface OfferedTopics {
  /** Those that fit what this visitor came for, the most fitting first. */
  readonly first: readonly RightsTopic[];
  readonly rest: readonly RightsTopic[];
}

/** Meeting the person who did it is nothing to suggest to somebody who came in fear. */
function isKeptAway({ neverAfter }: RightsTopic, { type, gateAnswers }: RightsVisitor): boolean {
  if (neverAfter === undefined) return false;
  const wasAnswered = neverAfter.gateAnswers.some(({ gateId, codes }) =>
    codes.includes(gateAnswers[gateId] ?? ''),
  );
  return wasAnswered || (type !== null && neverAfter.types.includes(type.id));
}

/** The topics in the order in which they are offered to this visitor. */
export function offeredTopics(topics: readonly RightsTopic[], visitor: RightsVisitor): OfferedTopics {
  const offered = topics.filter((topic) => !isKeptAway(topic, visitor));
  const isFor = (group: 'under18' | 'other-language'): readonly RightsTopic[] =>
    offered.filter(({ firstFor }) => firstFor?.includes(group) === true);
  const ofType = visitor.type?.rightsTopics ?? [];
  const first = [
    ...(visitor.isUnder18 ? isFor('under18') : []),
    ...(visitor.language === 'da' ? [] : isFor('other-language')),
    ...ofType.flatMap((id) => offered.filter((topic) => topic.id === id)),
  ];
  return { first: [...new Set(first)], rest: offered.filter((topic) => !first.includes(topic)) };
}

export interface ShownClaim {
  readonly claim: RightsClaim;
  /** Its day for a second look has passed. */
  readonly isOverdue: boolean;
}

/** What a topic may say today. */
export interface ShownTopic {
  readonly claims: readonly ShownClaim[];
  /** Something is left out because nobody looked at it again in time: the page says so. */
  readonly hasHidden: boolean;
}

/** @param today a local date; the claims that are overdue on it carry a mark or are left out, as content says. */
export function shownClaims(topic: RightsTopic, today: string): ShownTopic {
  const all = topic.claims.map((claim) => ({ claim, isOverdue: today > claim.reviewBy }));
  const claims = all.filter(({ claim, isOverdue }) => !isOverdue || claim.whenOverdue !== 'hidden');
  return { claims, hasHidden: claims.length < all.length };
}

/** One line under a page: where some of its statements are from, and when they were read. */
export interface SourceLine {
  readonly source: Source;
  readonly date: string;
  readonly reviewBy: string;
  readonly isOverdue: boolean;
}

/** The sources of these claims, each once for each day it was read, in the order in which they are met. */
export function sourceLines(shown: readonly ShownClaim[], sources: readonly Source[]): readonly SourceLine[] {
  const lines = new Map<string, SourceLine>();
  for (const { claim, isOverdue } of shown) {
    for (const id of claim.sources) {
      const source = sources.find((one) => one.id === id);
      const key = [id, claim.date, claim.reviewBy].join(' ');
      if (source !== undefined && !lines.has(key))
        lines.set(key, { source, date: claim.date, reviewBy: claim.reviewBy, isOverdue });
    }
  }
  return [...lines.values()];
}

/** Which of the lines a claim rests on, counted from 1. */
export function marksOf(claim: RightsClaim, lines: readonly SourceLine[]): readonly number[] {
  return lines.flatMap(({ source, date, reviewBy }, at) =>
    claim.sources.includes(source.id) && claim.date === date && claim.reviewBy === reviewBy ? [at + 1] : [],
  );
}
