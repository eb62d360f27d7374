import type { ReportType } from '../../src-main/contract/content.ts';
import type { RightsTopic } from '../../src-main/contract/rights.ts';
import {
  countedFrom,
  dayParts,
  hoursAfter,
  isWithinHours,
  type DayPart,
} from '../../src-main/domain/deadlines.ts';
import { offeredTopics, type OfferedTopics } from '../../src-main/domain/rights.ts';
import type { Language } from '../../src-main/contract/ids.ts';
import { addDays } from '../../src-main/domain/visit-when.ts';
import type { VisitDraft } from './visit-draft.svelte.ts';
import type { VisitKiosk } from './visit-kiosk.svelte.ts';
import type { VisitQuestions } from './visit-questions.svelte.ts';

/** Any day before those that are offered. */
const earlier = 'earlier';

/** What a limit of so many hours means for what happened then. */
export interface CountedLimit {
  /** Local time of the station, or null where it lies too far back to be worth a date. */
  readonly until: string | null;
  readonly isRunning: boolean;
  readonly hours: number;
}

/** What the rights pages know of one visitor. It is sent nowhere but with a page that is printed, and kept nowhere. */
export class VisitRights {
  /** The day the visitor touched, or `earlier`. */
  happenedOn = $state<string | null>(null);
  part = $state<DayPart | null>(null);
  /** What the visitor came for, also where an officer hears it and no question was asked. */
  #about = $state.raw<ReportType | null>(null);
  readonly #kiosk: VisitKiosk;
  readonly #draft: VisitDraft;
  readonly #questions: VisitQuestions;
  readonly #language: () => Language;

  constructor(kiosk: VisitKiosk, draft: VisitDraft, questions: VisitQuestions, language: () => Language) {
    this.#kiosk = kiosk;
    this.#draft = draft;
    this.#questions = questions;
    this.#language = language;
  }

  get type(): ReportType | null {
    return this.#about ?? this.#questions.type;
  }

  chooseType(type: ReportType): void {
    this.#about = type;
  }

  forget(): void {
    this.#about = null;
    this.happenedOn = null;
    this.part = null;
  }

  /** The topics as they are offered to this visitor. */
  get offered(): OfferedTopics {
    return offeredTopics(this.#kiosk.content?.rightsTopics ?? [], {
      language: this.#language(),
      isUnder18: this.#draft.isUnder18,
      type: this.type,
      gateAnswers: this.#draft.gateAnswers,
    });
  }

  topic(topicId: string): RightsTopic | null {
    return this.#kiosk.content?.rightsTopics.find(({ id }) => id === topicId) ?? null;
  }

  /** The topics a type names, as far as they are offered here. */
  ofType(type: Pick<ReportType, 'rightsTopics'>): readonly RightsTopic[] {
    const { first, rest } = this.offered;
    return [...first, ...rest].filter(({ id }) => type.rightsTopics.includes(id));
  }

  /** Numbers that fit what was chosen. */
  get phoneNumbers(): readonly string[] {
    return this.type?.phoneNumbers ?? [];
  }

  /** Today and the days before it within which a limit can still run, the newest first. */
  days(hours: number): readonly string[] {
    const today = this.#kiosk.clock.localTime?.slice(0, 10);
    if (today === undefined) return [];
    return Array.from({ length: Math.ceil(hours / 24) + 1 }, (_, back) => addDays(today, -back));
  }

  /** Another touch on the same day takes it back. */
  chooseDay(day: string): void {
    this.happenedOn = this.happenedOn === day ? null : day;
    this.part = null;
  }

  /** Parts of the chosen day that have begun. */
  get parts(): readonly DayPart[] {
    const { happenedOn } = this;
    const now = this.#kiosk.clock.localTime;
    if (happenedOn === null || happenedOn === earlier || now === null) return [];
    return dayParts.map(({ part }) => part).filter((part) => countedFrom(happenedOn, part) <= now);
  }

  choosePart(part: DayPart): void {
    this.part = this.part === part ? null : part;
  }

  /** From when a limit is counted; null as long as the visitor gave no day that helps. */
  get start(): string | null {
    if (this.happenedOn === null || this.happenedOn === earlier) return null;
    return countedFrom(this.happenedOn, this.part);
  }

  limit(hours: number): CountedLimit | null {
    const now = this.#kiosk.clock.localTime;
    if (this.happenedOn === null || now === null) return null;
    const { start } = this;
    if (start === null) return { until: null, isRunning: false, hours };
    return { until: hoursAfter(start, hours), isRunning: isWithinHours(start, hours, now), hours };
  }
}
