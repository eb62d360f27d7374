import type {
  ReceiptLanguage,
  ReceiptLanguageName,
  ReceiptPairedText,
  ReceiptSource,
} from '../contract/receipt.ts';
import { cleanLine, cleanText, isolate, isolateNumbers, keepNumbers } from './clean-line.ts';
import type { FontCoverage } from './font-coverage.ts';
import { formatLocal } from './receipt-date.ts';
import { fillText, type ReceiptTexts, type ReceiptTextsByLanguage } from './receipt-texts.ts';

/** `danish` is null when the visitor reads Danish, or when both are the same. */
export interface PrintedPair {
  readonly own: string;
  readonly danish: string | null;
}

type Pick = (texts: ReceiptTexts) => string;

/** The words of one paper in the visitor's language and in Danish, so that every sign of them can be drawn. */
export interface Speech {
  readonly say: (pick: Pick) => PrintedPair;
  readonly sayAbout: (pick: Pick, place: string, value: ReceiptPairedText) => PrintedPair;
  readonly pair: (text: ReceiptPairedText) => PrintedPair;
  /** A name that stands alone, in whatever language it is. */
  readonly name: (name: string) => string;
  readonly language: (pick: Pick, name: ReceiptLanguageName) => PrintedPair;
  readonly time: (local: string) => PrintedPair;
  readonly timeAbout: (pick: Pick, local: string) => PrintedPair;
  readonly day: (local: string) => PrintedPair;
  readonly source: (source: ReceiptSource) => PrintedPair;
  /** "Copy" for everybody: a Danish reader gets it in English too. */
  readonly sayTwice: (pick: Pick) => PrintedPair;
}

export function isRightToLeft(language: ReceiptLanguage): boolean {
  return language === 'ar';
}

/** What the fonts can draw of words, and how two languages stand together. */
function createPen(language: ReceiptLanguage, coverage: FontCoverage) {
  const isRtl = isRightToLeft(language);
  // A sign that no font has would come out as an empty box.
  const drawn = (text: string): string =>
    coverage.missing(text).reduce((left, sign) => left.replaceAll(sign, '\ufffd'), text);
  const canDraw = (text: string): boolean => coverage.missing(text).length === 0;
  const ordered = (text: string): string => (isRtl ? isolateNumbers(keepNumbers(text)) : keepNumbers(text));
  return {
    drawn,
    canDraw,
    /** A name in the visitor's sentence. */
    inside: (name: string): string => (isRtl ? isolate(name) : name),
    join: (own: string, danish: string): PrintedPair => {
      const isDanishAlone = language === 'da' || own === danish || danish === '' || !canDraw(own);
      return {
        own: ordered(drawn(canDraw(own) ? own : danish)),
        danish: isDanishAlone ? null : keepNumbers(drawn(danish)),
      };
    },
  };
}

export function createSpeech(
  language: ReceiptLanguage,
  texts: ReceiptTextsByLanguage,
  coverage: FontCoverage,
): Speech {
  const [own, danish] = [texts[language], texts.da];
  const { drawn, canDraw, inside, join } = createPen(language, coverage);
  const say = (pick: Pick): PrintedPair => join(pick(own), pick(danish));
  const fill = (pick: Pick, ownValues: Values, danishValues: Values): PrintedPair =>
    join(fillText(pick(own), ownValues), fillText(pick(danish), danishValues));
  const about = (pick: Pick, place: string, ownName: string, danishName: string): PrintedPair =>
    fill(pick, { [place]: inside(canDraw(ownName) ? ownName : danishName) }, { [place]: danishName });
  const ownTime = (at: string, pick: Pick): string => formatLocal(at, language, pick(own));
  const danishTime = (at: string, pick: Pick): string => formatLocal(at, 'da', pick(danish));
  const when = (at: string, pick: Pick): PrintedPair => join(ownTime(at, pick), danishTime(at, pick));
  return {
    say,
    sayTwice: (pick) => (language === 'da' ? { own: pick(danish), danish: pick(texts.en) } : say(pick)),
    sayAbout: (pick, place, value) => about(pick, place, cleanLine(value.own), cleanLine(value.danish)),
    pair: (text) => join(cleanText(text.own), cleanText(text.danish)),
    name: (name) => drawn(cleanLine(name)),
    language: (pick, name) => {
      const ownName = cleanLine(name.own);
      const readable = canDraw(ownName) ? ownName : cleanLine(name.english);
      return about(pick, 'language', readable, cleanLine(name.danish));
    },
    time: (local) => when(local, dateTime),
    timeAbout: (pick, local) =>
      fill(pick, { time: ownTime(local, dateTime) }, { time: danishTime(local, dateTime) }),
    day: (local) => when(local, (words) => words.hours.day),
    source: ({ source, date }) => {
      const name = cleanLine(source);
      return fill(
        (words) => words.source,
        { source: inside(name), date: ownTime(date, dayAlone) },
        { source: name, date: danishTime(date, dayAlone) },
      );
    },
  };
}

type Values = Readonly<Record<string, string>>;
const dateTime: Pick = (words) => words.dateTime;
const dayAlone: Pick = (words) => words.date;
