import type {
  ServiceHours,
  SettingsException,
  SettingsNotice,
  SettingsProblem,
  StationSettings,
} from '../contract/station-settings.ts';
import { addDays, isCalendarDate } from './visit-when.ts';

/** What content has words for, and what day it is. */
export interface SettingsFrame {
  readonly today: string;
  readonly services: readonly string[];
  readonly reasons: readonly string[];
}

export const counterId = 'counter';
/** A fact is looked at again within a year. */
const longestReviewDays = 366;

type Refuse = (path: string, kind: SettingsProblem['kind']) => void;
type Spans = ServiceHours['week'][number];

function checkSpans(spans: Spans, path: string, refuse: Refuse): void {
  for (const [at, { from, to }] of spans.entries()) {
    const before = spans[at - 1];
    if (from >= to) refuse(path, 'span-backwards');
    else if (before !== undefined && from < before.to) refuse(path, 'spans-overlap');
  }
}

function checkDates(
  { validFrom, reviewBy }: StationSettings,
  { today }: SettingsFrame,
  refuse: Refuse,
): void {
  for (const [path, day] of [
    ['validFrom', validFrom],
    ['reviewBy', reviewBy],
  ] as const)
    if (!isCalendarDate(day)) refuse(path, 'no-such-day');
  if (reviewBy < today) refuse('reviewBy', 'review-over');
  else if (reviewBy < validFrom) refuse('reviewBy', 'review-before-valid');
  else if (reviewBy > addDays(today, longestReviewDays)) refuse('reviewBy', 'review-too-far');
}

function checkServices(services: StationSettings['services'], frame: SettingsFrame, refuse: Refuse): void {
  if (services[0]?.id !== counterId) refuse('services', 'no-counter');
  for (const [at, { id, week }] of services.entries()) {
    const path = `services.${id}`;
    if (!frame.services.includes(id)) refuse(path, 'unknown-service');
    if (services.findIndex((other) => other.id === id) !== at) refuse(path, 'twice');
    for (const [day, spans] of week.entries()) checkSpans(spans, `${path}.${day}`, refuse);
  }
}

/** A leap year, so that 29 February is a day of every year's calendar. */
const inSomeYear = (day: string): string => (day.length === 5 ? `2028-${day}` : day);

function isForSame(one: SettingsException, other: SettingsException): boolean {
  if (one.on !== other.on) return false;
  const { services } = other;
  return one.services === null || services === null || one.services.some((id) => services.includes(id));
}

function checkException(
  exception: SettingsException,
  path: string,
  settings: StationSettings,
  refuse: Refuse,
): void {
  const { on, until, spans, services } = exception;
  for (const day of until === null ? [on] : [on, until])
    if (!isCalendarDate(inSomeYear(day))) refuse(path, 'no-such-day');
  if (until !== null && until.length !== on.length) refuse(path, 'until-other-form');
  else if (until !== null && on.length > 5 && until < on) refuse(path, 'until-before');
  checkSpans(spans, path, refuse);
  for (const id of services ?? [])
    if (!settings.services.some((service) => service.id === id)) refuse(path, 'unknown-service');
}

function checkNotice(
  { startsAt, endsAt, words }: SettingsNotice,
  path: string,
  today: string,
  refuse: Refuse,
): void {
  if (endsAt <= startsAt) refuse(path, 'notice-ends-before');
  else if (endsAt.slice(0, 10) < today) refuse(path, 'notice-over');
  if (words.da.title.trim() === '') refuse(path, 'notice-without-danish');
  for (const other of [words.en, words.ar])
    if (other !== null && (other.title.trim() === '' || (words.da.text !== '' && other.text.trim() === '')))
      refuse(path, 'notice-half-translated');
}

/** Everything that is wrong, part by part; shown by the page while somebody writes, refused by the kiosk. */
export function checkStationSettings(settings: StationSettings, frame: SettingsFrame): SettingsProblem[] {
  const problems: SettingsProblem[] = [];
  const refuse: Refuse = (path, kind) => problems.push({ path, kind });
  checkDates(settings, frame, refuse);
  checkServices(settings.services, frame, refuse);
  for (const [at, exception] of settings.exceptions.entries()) {
    const path = `exceptions.${at}`;
    checkException(exception, path, settings, refuse);
    if (!frame.reasons.includes(exception.reason)) refuse(path, 'unknown-reason');
    if (settings.exceptions.slice(0, at).some((earlier) => isForSame(earlier, exception)))
      refuse(path, 'twice');
  }
  for (const [at, notice] of settings.notices.entries())
    checkNotice(notice, `notices.${at}`, frame.today, refuse);
  return problems;
}

const dayNames = ['Mo', 'Tu', 'We', 'Th', 'Fr', 'Sa', 'Su'] as const;

/** The week as content writes it, in opening_hours; a week without open days is `off`. */
export function weekRule({ week, onHolidays }: ServiceHours): string {
  const days = week.flatMap((spans, day) =>
    spans.length === 0
      ? []
      : [`${dayNames[day] ?? ''} ${spans.map(({ from, to }) => `${from}-${to}`).join(',')}`],
  );
  if (days.length === 0) return 'off';
  return [...days, ...(onHolidays === 'closed' ? ['PH off'] : [])].join('; ');
}
