import type { KioskHealth } from '../../src-main/contract/desk-trust.ts';
import type { DeskWelcome } from '../../src-main/contract/desk.ts';
import type { DeskNotice } from '../../src-main/contract/status.ts';
import type { I18n } from '../i18n/i18n.svelte.ts';
import { dateText } from '../i18n/local-text.ts';
import { printerProblem, since } from './desk-words.ts';

export interface HealthRow {
  readonly id: string;
  readonly isWell: boolean;
  /** How it is, and where something is wrong, what to do. */
  readonly text: string;
}

interface Seen {
  readonly notice: DeskNotice;
  readonly health: KioskHealth;
  readonly content: DeskWelcome['contentProblems'];
  readonly now: number;
}

/** Room for years of reports, and little enough to be told before it is gone. */
const leastFreeBytes = 1_000_000_000;
const gigabyte = 1_000_000_000;

function ofPrinter({ t }: I18n, { printer, unprinted }: DeskNotice): HealthRow[] {
  const { state, problem } = printer;
  const isWell = state === 'ready' && (problem === null || problem === 'cannot-tell');
  const text =
    state === 'attention' || (state === 'ready' && problem !== null)
      ? t('desk:printer.attention', { problem: printerProblem(t, problem) })
      : t(`desk:printer.${state}`);
  return [
    { id: 'printer', isWell, text },
    {
      id: 'slips',
      isWell: unprinted === 0,
      text: unprinted === 0 ? t('desk:health.slipsNone') : t('desk:health.slips', { count: unprinted }),
    },
  ];
}

function ofDistrict({ t, formatDateTime }: I18n, { notice: { delivery }, now }: Seen): HealthRow[] {
  const { state, undelivered, problem, acknowledgedAt, oldestWaitingAt, parked } = delivery;
  const words = { count: undelivered, problem: t(`desk:delivery.problem.${problem ?? 'unknown'}`) };
  const heard =
    acknowledgedAt === null
      ? t('desk:health.neverHeard')
      : t('desk:health.heardAt', {
          date: formatDateTime(acknowledgedAt, 'shortDate'),
          time: formatDateTime(acknowledgedAt, 'time'),
        });
  const waiting =
    undelivered === 0
      ? t('desk:health.waitingNone')
      : t('desk:health.waiting', {
          count: undelivered,
          time: oldestWaitingAt === null ? '' : since(t, oldestWaitingAt, now),
        });
  return [
    {
      id: 'district',
      isWell: state !== 'failing' && state !== 'no-district',
      text: `${t(`desk:delivery.${state}`, words)}. ${heard}`,
    },
    { id: 'waiting', isWell: state !== 'failing' || undelivered === 0, text: waiting },
    {
      id: 'parked',
      isWell: parked === 0,
      text: parked === 0 ? t('desk:health.parkedNone') : t('desk:delivery.parked', { count: parked }),
    },
  ];
}

function ofMachine(
  { t, formatNumber }: I18n,
  { disk, store, isClockTrusted, localTime, canReport, lobbyScreen }: KioskHealth,
): HealthRow[] {
  const room = disk === null ? null : formatNumber(Math.floor(disk.freeBytes / gigabyte));
  const isRoomy = disk !== null && disk.freeBytes >= leastFreeBytes;
  return [
    {
      id: 'reports',
      isWell: canReport,
      text: t(canReport ? 'desk:health.canReport' : 'desk:health.cannotReport'),
    },
    {
      id: 'screen',
      isWell: lobbyScreen === 'shown',
      text: t(`desk:health.lobbyScreen.${lobbyScreen}`),
    },
    {
      id: 'clock',
      isWell: isClockTrusted,
      text: t(isClockTrusted ? 'desk:health.clockRight' : 'desk:health.clockWrong', {
        date: dateText('da', localTime, 'day'),
        time: localTime.slice(-5).replace(':', '.'),
      }),
    },
    {
      id: 'disk',
      isWell: isRoomy && store === 'healthy',
      text:
        store === 'healthy'
          ? t(isRoomy ? 'desk:health.diskRoom' : 'desk:health.diskFull', { room: room ?? '?' })
          : t(`desk:health.store.${store}`),
    },
  ];
}

function ofFacts({ t }: I18n, { health, content }: Seen): HealthRow[] {
  const { hours, hoursReviewBy, areSettingsSetAside } = health;
  const hoursText = areSettingsSetAside
    ? t('desk:station.setAside')
    : t(`desk:health.hours.${hours}`, { date: dateText('da', hoursReviewBy ?? '', 'day') });
  const { problems, overdue } = content;
  return [
    { id: 'hours', isWell: hours === 'known' && !areSettingsSetAside, text: hoursText },
    {
      id: 'facts',
      isWell: overdue.length === 0,
      text:
        overdue.length === 0 ? t('desk:health.factsNone') : t('desk:health.facts', { count: overdue.length }),
    },
    {
      id: 'content',
      isWell: problems.length === 0,
      text:
        problems.length === 0
          ? t('desk:health.contentNone')
          : t('desk:health.content', { count: problems.length }),
    },
  ];
}

/** What the district sent last, and what of it visitors see. */
function ofPackage({ t }: I18n, { live, staged, refused }: KioskHealth['content']): HealthRow {
  const told = [
    live === null
      ? t('desk:health.package.none')
      : t('desk:health.package.live', { version: String(live.version) }),
    ...staged.map(({ version, activateAt }) =>
      activateAt === null
        ? t('desk:health.package.stagedSoon', { version: String(version) })
        : t('desk:health.package.stagedAt', {
            version: String(version),
            date: dateText('da', activateAt, 'day'),
            time: activateAt.slice(-5).replace(':', '.'),
          }),
    ),
  ];
  // What came after a refusal, or was taken back on purpose, is no trouble any more.
  const newest = Math.max(live?.version ?? 0, ...staged.map(({ version }) => version));
  const trouble = refused.find(
    ({ version, problem }) => problem !== 'rolled-back' && (version === null || version > newest),
  );
  if (trouble === undefined) return { id: 'package', isWell: true, text: told.join(' ') };
  const why = t(`desk:health.package.why.${trouble.problem}`);
  const sentence =
    trouble.version === null
      ? t('desk:health.package.refusedUnknown', { why })
      : t('desk:health.package.refused', { why, version: String(trouble.version) });
  return { id: 'package', isWell: false, text: [sentence, ...told].join(' ') };
}

/** Everything that can be wrong with a kiosk, each in a sentence; what is wrong first. */
export function healthRows(i18n: I18n, seen: Seen): readonly HealthRow[] {
  const rows = [
    ...ofPrinter(i18n, seen.notice),
    ...ofDistrict(i18n, seen),
    ...ofMachine(i18n, seen.health),
    ...ofFacts(i18n, seen),
    ofPackage(i18n, seen.health.content),
  ];
  return [...rows.filter(({ isWell }) => !isWell), ...rows.filter(({ isWell }) => isWell)];
}
