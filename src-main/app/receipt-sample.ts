import { join } from 'node:path';
import { createSystemClock } from '../adapters/clock.ts';
import { feedAndCut, initialize, rasterBand } from '../adapters/escpos-commands.ts';
import { loadContent } from '../content/load-content.ts';
import { localInstant } from '../content/local-instant.ts';
import { loadPrinterProfiles } from '../content/printer-profiles.ts';
import { reportIdSchema, type Language } from '../contract/ids.ts';
import type { Leaflet } from '../contract/leaflet.ts';
import type {
  PaperContent,
  ReceiptLanguage,
  ReceiptPaper,
  ReceiptVariant,
  RollPaper,
  SheetContent,
  SheetVariant,
} from '../contract/receipt.ts';
import { composeLeaflet } from '../domain/leaflet.ts';
import { localDate, localTime } from '../domain/local-time.ts';
import type { ContentLibrary } from '../domain/ports.ts';
import { composeReceipt, type ReceiptPlace } from '../domain/receipt.ts';
import { writeProof } from '../domain/receipt-proof.ts';
import { makeReference } from '../domain/reference-number.ts';
import { composeTestPage } from '../domain/test-page.ts';
import { findReportType } from '../domain/triage.ts';
import { encodePng } from '../receipt/png.ts';
import { createReceiptPrinterLayout, type ReceiptPrinterLayout } from '../receipt/receipt-layout.ts';
import { readReceiptTexts } from '../receipt/receipt-texts.ts';
import { programRoot } from './config.ts';
import { ConfigError } from './config-error.ts';
import { demonstrationStationId } from './identity.ts';

export const sampleFormats = ['pdf', 'png', 'escpos'] as const;
export type SampleFormat = (typeof sampleFormats)[number];

export interface SampleRequest {
  /** A type of report; for `topic` also a topic of the rights. Null: the first there is. */
  readonly type: string | null;
  readonly language: ReceiptLanguage;
  readonly paper: ReceiptPaper;
  /** Null: what the type's slip may say. */
  readonly variant: ReceiptVariant | SheetVariant | null;
  readonly format: SampleFormat;
  /** Local time in Copenhagen; null: now. */
  readonly at: string | null;
}

export interface Sample {
  readonly bytes: Uint8Array;
  /** As printed: content may allow less than was asked for. */
  readonly variant: PaperContent['variant'];
  readonly heightMm: number;
  readonly pages: number;
  /** Scripts that no font here has; other words or a sign for "missing" stand in their place. */
  readonly missingScripts: readonly string[];
}

/** The heads that most printers have; 203 dots an inch. */
const headDots: Readonly<Record<RollPaper, number>> = { '80mm': 576, '58mm': 384 };
const dotsPerMm = 8;

/** Nobody signed this one: a sample that can be mistaken for a slip is found out by the desk. */
const noSignature = Uint8Array.from({ length: 64 }, (_, at) => (at * 37) % 256);

interface Making {
  readonly library: ContentLibrary;
  readonly place: ReceiptPlace;
  readonly request: SampleRequest;
  readonly now: Date;
}

/**
 * A slip or a sheet of the fictional station, without a kiosk.
 * @throws ConfigError for a type, a topic or a time that does not exist, and for dots on A4.
 */
export async function makeSample(request: SampleRequest): Promise<Sample> {
  const resourcesDir = join(programRoot(), 'resources');
  const now = request.at === null ? createSystemClock(new Date(0)).now() : localInstant(request.at);
  if (now === null)
    throw new ConfigError(
      `--at ${request.at ?? ''}: expected a local date and time such as 2027-03-25T10:00.`,
    );
  const { library } = await loadContent({ resourcesDir, today: localDate(now), isDemonstration: true });
  const content = compose({ library, place: samplePlace(library), request, now });
  const layout = createReceiptPrinterLayout({
    fontsDir: join(resourcesDir, 'fonts'),
    texts: readReceiptTexts(join(resourcesDir, 'locales')),
  });
  const { pdf, heightMm, pageCount } = await layout.render(content, request.paper);
  return {
    bytes: request.format === 'pdf' ? pdf : await draw(layout, content, request, resourcesDir),
    variant: content.variant,
    heightMm: Math.round(heightMm),
    pages: pageCount,
    missingScripts: layout.missingScripts(content),
  };
}

async function draw(
  layout: ReceiptPrinterLayout,
  content: PaperContent,
  { format, paper }: SampleRequest,
  resourcesDir: string,
): Promise<Uint8Array> {
  if (format === 'png' && paper === 'a4') return encodePng(await layout.picture(content, paper, dotsPerMm));
  if (paper === 'a4') throw new ConfigError('--format escpos: expected --paper 80mm or 58mm.');
  const strip = await layout.rasterize(content, paper, headDots[paper]);
  if (format === 'png') return encodePng(strip);
  const { profiles } = await loadPrinterProfiles(join(resourcesDir, 'content'));
  const profile = profiles.find(({ id }) => id === 'generic');
  if (profile === undefined) throw new Error('The profile of a printer of no known model ships');
  const bands = Array.from({ length: Math.ceil(strip.heightDots / profile.bandRows) }, (_, band) =>
    rasterBand(strip, band * profile.bandRows, profile.bandRows),
  );
  return Buffer.concat([initialize, ...bands, feedAndCut(profile)]);
}

function samplePlace(library: ContentLibrary): ReceiptPlace {
  const station = library.station(demonstrationStationId);
  const district = station === null ? null : library.district(station.districtId);
  if (station === null || district === null) throw new Error('The fictional station ships');
  return { station, district, isDemonstration: true, isLobbyStaffed: true };
}

function compose(making: Making): PaperContent {
  const { language, variant } = making.request;
  switch (variant) {
    case 'hand-over':
    case 'topic':
    case 'hours':
    case 'test':
      return composeSheet(making, language, variant);
    default:
      return composeSlip(making, language, variant);
  }
}

function composeSheet(making: Making, language: Language, variant: SheetVariant): SheetContent {
  const { library, place, now, request } = making;
  const occasion = { language, printedAt: localTime(now), isClockTrusted: true };
  if (variant === 'test')
    return composeTestPage(place, { ...occasion, printerName: 'ipp://printer.example/ipp/print' });
  const sheet = composeLeaflet(library, {
    ...occasion,
    place,
    now,
    leaflet: leafletFor(variant, request.type, library),
  });
  if (sheet !== null) return sheet;
  const known = [...library.content.rightsTopics, ...library.content.otherTypes].map(({ id }) => id);
  throw new ConfigError(`--type ${request.type ?? ''}: expected one of ${known.join(', ')}.`);
}

function leafletFor(
  variant: Exclude<SheetVariant, 'test'>,
  type: string | null,
  { content }: ContentLibrary,
): Leaflet {
  if (variant === 'hours') return { kind: 'hours', stationId: null, serviceId: 'counter' };
  if (variant === 'hand-over') return { kind: 'hand-over' };
  const { rightsTopics, otherTypes } = content;
  if (type !== null && otherTypes.some(({ id }) => id === type))
    return { kind: 'type-info', typeId: type, from: null };
  return { kind: 'topic', topicId: type ?? rightsTopics[0]?.id ?? '', from: null };
}

function composeSlip(
  { library, place, request, now }: Making,
  language: Language,
  asked: ReceiptVariant | null,
) {
  const { reportTypes } = library.content;
  const type = findReportType(library.content, request.type ?? reportTypes[0]?.id ?? '');
  if (type === null)
    throw new ConfigError(
      `--type ${request.type ?? ''}: expected one of ${reportTypes.map(({ id }) => id).join(', ')}.`,
    );
  const reference = makeReference(place.district.number, '000', '483739');
  const content = composeReceipt(library, place, {
    reference,
    summary: {
      reportId: reportIdSchema.parse('00000000-0000-7000-8000-000000000000'),
      reportType: type.id,
      language,
      flags: request.language === 'da' ? [] : ['interpreter'],
      districtId: place.district.id,
      isFallbackRouting: false,
      route: type.route,
      isAnonymous: type.receipt === 'tip',
    },
    receivedLocal: localTime(now),
    isClockTrusted: true,
    variant: asked ?? type.receipt,
  });
  const day = localDate(now);
  return { ...content, proof: writeProof({ reference, stationId: place.station.id, day }, noSignature) };
}
