import type { FactSource, OtherType } from '../contract/content.ts';
import type { StationHours } from '../contract/station.ts';
import type { Language } from '../contract/ids.ts';
import type { DeskLeaflet } from '../contract/desk-paper.ts';
import type { Leaflet } from '../contract/leaflet.ts';
import type { HoursContent, ReceiptPairedText, ReceiptSource, SheetContent } from '../contract/receipt.ts';
import type { RightsTopic } from '../contract/rights.ts';
import { assertNever } from './assert-never.ts';
import { lastDayForCourt } from './court-limit.ts';
import { hoursAfter, isWithinHours } from './deadlines.ts';
import type { ContentLibrary } from './ports.ts';
import { helpNumbers, languageName, pairedText, stationOnPaper, type ReceiptPlace } from './receipt.ts';
import { shownClaims, sourceLines } from './rights.ts';
import { paragraphsOf } from './text-tree.ts';

/** When, where and for whom a leaflet is printed. */
export interface LeafletOccasion {
  readonly leaflet: Leaflet | DeskLeaflet;
  readonly language: Language;
  readonly place: ReceiptPlace;
  readonly now: Date;
  /** The same on the station's clock. */
  readonly printedAt: string;
  readonly isClockTrusted: boolean;
}

/** What every sheet says of itself. */
type Sheet = Pick<
  SheetContent,
  'language' | 'isDemonstration' | 'station' | 'districtName' | 'isClockTrusted' | 'printedAt'
>;

interface Making {
  readonly library: ContentLibrary;
  readonly occasion: LeafletOccasion;
  readonly sheet: Sheet;
}

/** The sheet that was asked for; null where content has no such page. */
export function composeLeaflet(library: ContentLibrary, occasion: LeafletOccasion): SheetContent | null {
  const { leaflet, language, place, printedAt, isClockTrusted } = occasion;
  const sheet: Sheet = {
    language,
    isDemonstration: place.isDemonstration,
    station: stationOnPaper(place.station),
    districtName: place.district.name,
    isClockTrusted,
    printedAt,
  };
  const making: Making = { library, occasion, sheet };
  switch (leaflet.kind) {
    case 'topic': {
      const topic = library.content.rightsTopics.find(({ id }) => id === leaflet.topicId);
      return topic === undefined ? null : composeTopic(making, topic, leaflet.from);
    }
    case 'type-info': {
      const { otherTypes } = library.content;
      const type = otherTypes.find(({ id, route }) => id === leaflet.typeId && route === 'info');
      return type === undefined ? null : composeTypeInfo(making, type, leaflet.from);
    }
    case 'hours':
      return composeHours(making, leaflet);
    case 'hand-over':
      return {
        ...sheet,
        variant: 'hand-over',
        interpreterWanted: language === 'da' ? null : languageName(library.content, language, language),
        helpNumbers: helpNumbers(library, []),
      };
    case 'rejection':
      return composeRejection(making, leaflet.reasonId);
    default:
      return assertNever(leaflet);
  }
}

/** Why a report is not taken further, in the words of the template. */
function composeRejection({ library, occasion, sheet }: Making, reasonId: string): SheetContent | null {
  const reason = library.desk.rejections.find(({ id }) => id === reasonId);
  if (reason === undefined) return null;
  const words = (key: string): ReceiptPairedText => pairedText(library, 'rights', occasion.language, key);
  const sources = library.content.sources.filter(({ id }) => reason.sources.includes(id));
  return {
    ...sheet,
    variant: 'topic',
    title: words('paper.rejection'),
    paragraphs: [words(`rejection.${reasonId}.text`), words('rejection.closing')],
    dateLines: [],
    helpNumbers: helpNumbers(library, []),
    sources: sources.map(({ name }) => ({ source: name, date: reason.date })),
  };
}

function composeTopic(making: Making, topic: RightsTopic, from: string | null): SheetContent {
  const { library, occasion, sheet } = making;
  const { claims, hasHidden } = shownClaims(topic, occasion.printedAt.slice(0, 10));
  const words = (key: string): ReceiptPairedText => pairedText(library, 'rights', occasion.language, key);
  const paragraphs = claims.map(({ claim }, at) => {
    const text = words(`${topic.id}.claim.${claim.id}.text`);
    if (topic.form === 'text') return text;
    const title = words(`${topic.id}.claim.${claim.id}.title`);
    return both((side) => `${at + 1}. ${title[side]}. ${text[side]}`);
  });
  const isOverdue = claims.some((claim) => claim.isOverdue);
  const hours = claims.flatMap(({ claim }) => claim.deadlineHours ?? [])[0];
  return {
    ...sheet,
    variant: 'topic',
    title: words(`${topic.id}.title`),
    paragraphs: [
      ...paragraphs,
      ...(isOverdue ? [words('fact.overdue')] : []),
      ...(hasHidden ? [words('fact.hidden')] : []),
    ],
    dateLines: from === null || hours === undefined ? [] : hourLines(making, from, hours),
    helpNumbers: helpNumbers(library, topic.phoneNumbers),
    sources: sourceLines(claims, library.content.sources).map(({ source, date }) => ({
      source: source.name,
      date,
    })),
  };
}

/** A limit that has passed already is no date to hand out; the page says what it means. */
function hourLines(making: Making, from: string, hours: number): ReceiptPairedText[] {
  const until = hoursAfter(from, hours);
  if (until === null || !isWithinHours(from, hours, making.occasion.printedAt)) return [];
  const line = filledText(making, 'hours', (language) => ({
    date: dayOnPaper(language, until),
    time: timeOnPaper(language, until),
    length: String(hours),
  }));
  return [line, filledText(making, 'counted', () => ({})), ...clockLines(making)];
}

function composeTypeInfo(making: Making, type: OtherType, from: string | null): SheetContent {
  const { library, occasion, sheet } = making;
  const { language } = occasion;
  const key = `type.${type.id}`;
  const body = pairedText(library, 'content', language, `${key}.body`);
  const own = paragraphsOf(body.own);
  const danish = paragraphsOf(body.danish);
  const address = type.address?.shown;
  const isCourt = type.questions.some(
    (question) => question.kind === 'when' && question.deadline === 'court',
  );
  const last = isCourt && from !== null ? lastDayForCourt(from.slice(0, 10)) : null;
  return {
    ...sheet,
    variant: 'topic',
    title: pairedText(library, 'content', language, `${key}.title`),
    paragraphs: [
      ...own.map((paragraph, at) => ({ own: paragraph, danish: danish[at] ?? '' })),
      ...(address === undefined ? [] : [{ own: address, danish: address }]),
    ],
    dateLines:
      last === null
        ? []
        : [filledText(making, 'months', (side) => ({ date: dayOnPaper(side, last) })), ...clockLines(making)],
    helpNumbers: helpNumbers(library, type.phoneNumbers),
    sources: [sourceOnPaper(type)],
  };
}

function composeHours(
  { library, occasion, sheet }: Making,
  { stationId, serviceId }: Extract<Leaflet, { kind: 'hours' }>,
): SheetContent | null {
  const { place, now, language, isClockTrusted } = occasion;
  const station = stationId === null ? place.station : library.station(stationId);
  if (station === null) return null;
  const service = library.stationServices(station.id, now).find(({ id }) => id === serviceId);
  if (serviceId !== 'counter' && service === undefined) return null;
  const hours = service?.hours ?? library.stationHours(station.id, now);
  const { name, address } = stationOnPaper(station);
  const title = pairedText(library, 'content', 'da', `service.${serviceId}.title`).danish;
  return {
    ...sheet,
    variant: 'hours',
    hoursOf: { name: serviceId === 'counter' ? name : `${name} · ${title}`, address },
    // Each line has a date, and without a clock nobody knows which.
    hours: hours.kind === 'unknown' || !isClockTrusted ? null : hoursOnPaper(library, language, hours),
    helpNumbers: helpNumbers(library, []),
  };
}

function hoursOnPaper(
  library: ContentLibrary,
  language: Language,
  hours: Extract<StationHours, { kind: 'known' }>,
): HoursContent['hours'] {
  return {
    isExample: hours.isExample,
    days: hours.days.map(({ date, spans, holiday }) => ({
      date,
      spans,
      holiday: holiday === null ? null : pairedText(library, 'content', language, `holiday.${holiday}`),
    })),
    source: sourceOnPaper(hours),
  };
}

function clockLines(making: Making): ReceiptPairedText[] {
  return making.occasion.isClockTrusted ? [] : [filledText(making, 'clock', () => ({}))];
}

const both = (make: (side: 'own' | 'danish') => string): ReceiptPairedText => ({
  own: make('own'),
  danish: make('danish'),
});

/** `rights:fact.<key>` with its places filled, in the visitor's language and in Danish. */
function filledText(
  { library, occasion }: Making,
  key: string,
  values: (language: Language) => Readonly<Record<string, string>>,
): ReceiptPairedText {
  const { language } = occasion;
  const text = pairedText(library, 'rights', language, `fact.${key}`);
  const fill = (template: string, filling: Readonly<Record<string, string>>): string =>
    template.replace(/\{\{(\w+)\}\}/g, (place, name: string) => filling[name] ?? place);
  return { own: fill(text.own, values(language)), danish: fill(text.danish, values('da')) };
}

function sourceOnPaper({ source, date }: FactSource): ReceiptSource {
  return { source, date };
}

/* Arabic with Latin digits, as on the screen. */
const locales: Readonly<Record<Language, string>> = {
  da: 'da-DK',
  en: 'en-GB',
  ar: 'ar-u-nu-latn',
  uk: 'uk-UA',
  pl: 'pl-PL',
  tr: 'tr-TR',
  ro: 'ro-RO',
  de: 'de-DE',
};

/** A day of the calendar in words. No zone may move it, so it is read as UTC. */
function dayOnPaper(language: Language, local: string): string {
  const words = new Intl.DateTimeFormat(locales[language], {
    ...{ timeZone: 'UTC', weekday: 'long', day: 'numeric', month: 'long', year: 'numeric' },
  }).format(new Date(`${local.slice(0, 10)}T00:00:00Z`));
  return language === 'da' ? words.replace(' den ', ' ') : words;
}

function timeOnPaper(language: Language, local: string): string {
  const time = local.slice(11);
  return language === 'da' ? time.replace(':', '.') : time;
}
