import type { Acknowledgement, Batch, BatchClaims, IntakeRefusal } from '../contract/envelope.ts';
import type { ContentOffers, ContentPartRequest, ContentRequest } from '../contract/content-api.ts';
import type { ServedTexts, VisitorContent } from '../contract/content.ts';
import type { DeskContent } from '../contract/desk-content.ts';
import type { District, PlaceRouting, Station, StationHours, StationService } from '../contract/station.ts';
import type { Language, ReportId } from '../contract/ids.ts';
import type { NotedEvent, WarnedEvent } from '../contract/log-events.ts';
import type { ContentShelf } from './content-shelf.ts';
import type { ReceiptClaims } from './receipt-proof.ts';
import type { MenuNow } from '../contract/menu.ts';

export interface Clock {
  now(): Date;
  /** Milliseconds from an unspecified start; never goes back. For waiting, never for showing. */
  monotonicMs(): number;
  /** False when the wall clock is known to be wrong (before the build, or jumped back). */
  isTrusted(): boolean;
}

export interface Randomness {
  /** A UUID, version 7. */
  uuid(): string;
  /** `count` decimal digits, uniformly distributed. */
  digits(count: number): string;
}

/** Events of the catalogue, with ids and counts only; a report's words never reach a log. */
export interface Log {
  note(event: NotedEvent, facts?: Readonly<Record<string, string | number | boolean | null>>): void;
  warn(event: WarnedEvent, facts?: Readonly<Record<string, string | number | boolean | null>>): void;
}

/** Seals for the station's desks and the districts concerned; nothing on this side opens it. */
export interface Sealer {
  /** General JSON JWE as text; the report id is its additional data. */
  seal(text: string, reportId: ReportId, districtIds: readonly string[]): Promise<string>;
  /** `kid`s sealed for, the station's last; empty means that nothing may be accepted. */
  recipients(): readonly string[];
  hasStationKey(): boolean;
}

export interface BatchSigner {
  /** Compact JWS, ES256. */
  sign(claims: BatchClaims): Promise<string>;
}

export interface ReceiptSigner {
  /** The code of a slip, as domain/receipt-proof.ts writes it. */
  sign(claims: ReceiptClaims): Promise<string>;
}

export type DeliveryProblem =
  'unreachable' | 'timeout' | 'tls' | 'not-an-acknowledgement' | 'server-error' | 'redirected' | 'too-large';
export type DeliveryOutcome =
  | { readonly outcome: 'acknowledged'; readonly acknowledgement: Acknowledgement }
  | { readonly outcome: 'refused'; readonly refusal: IntakeRefusal }
  | { readonly outcome: 'failed'; readonly problem: DeliveryProblem; readonly retryAfterMs: number | null };

/** One attempt with total deadline; never throws for what a network can do. */
export interface DistrictLine {
  deliver(batch: Batch, signal: AbortSignal): Promise<DeliveryOutcome>;
}

/** Packages of content on the disk, and which of them count. Each write is whole or has not happened; it throws then. */
export interface ContentStore {
  /** `isLost`: what was noted cannot be read any more. */
  readShelf(): Promise<{ readonly shelf: ContentShelf; readonly isLost: boolean }>;
  /** What cannot be read is kept beside, for whoever looks into it. */
  putAside(): Promise<void>;
  writeShelf(shelf: ContentShelf): Promise<void>;
  /** Null when it is not there or cannot be read. */
  readPackage(version: number): Promise<Uint8Array | null>;
  writePackage(version: number, bytes: Uint8Array): Promise<void>;
  /** Takes away what the shelf does not name. */
  sweep(shelf: ContentShelf): Promise<void>;
}

/** Where a district's content comes from; never throws for what a network can do. */
export interface ContentLine {
  offers(
    request: ContentRequest,
    signal: AbortSignal,
  ): Promise<
    | { readonly ok: true; readonly offers: ContentOffers }
    | { readonly ok: false; readonly retryAfterMs: number | null }
  >;
  /** Null when it did not come. */
  part(request: ContentPartRequest, signal: AbortSignal): Promise<Uint8Array | null>;
}

export interface NearStation {
  readonly station: Station;
  /** As the crow flies, rounded; null where nobody said from where. */
  readonly kilometres: number | null;
}

/** Where, when and with whom behind the counter somebody stands before the screen. */
export interface MenuAsked {
  readonly stationId: string;
  readonly now: Date;
  readonly isClockTrusted: boolean;
  readonly isStaffed: boolean;
}

/** Loaded and checked content, as the services see it. */
export interface ContentLibrary {
  readonly content: VisitorContent;
  readonly desk: DeskContent;
  /** Hash of everything loaded; stands in each report. */
  readonly version: string;
  texts(language: Language): ServedTexts;
  routePlace(postcode: string | null, municipalityCode: string | null): PlaceRouting;
  fallbackDistrict(): District;
  district(districtId: string): District | null;
  districts(): readonly District[];
  /** The two digits with which references of each district begin. */
  districtNumbers(): readonly string[];
  station(stationId: string): Station | null;
  /** Stations of a district or near a postcode, nearest first; all main stations when neither is known. */
  stationsNear(postcode: string | null): readonly NearStation[];
  /** Of the counter, or of another service. */
  stationHours(stationId: string, now: Date, serviceId?: string): StationHours;
  /** Everything but the counter that has hours of its own. */
  stationServices(stationId: string, now: Date): StationService[];
  /** What this station promised to whoever reported at a local time; null: nothing. */
  replyWithinDays(stationId: string, receivedLocal: string): number | null;
  menuAt(asked: MenuAsked): MenuNow;
}
