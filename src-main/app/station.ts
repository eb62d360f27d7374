import { createSilentLog } from '../adapters/log.ts';
import { createRecentLog, type RecentLog } from '../adapters/recent-log.ts';
import { createSystemClock } from '../adapters/clock.ts';
import type { Log } from '../domain/ports.ts';
import { leastReachableShare, reachableShare, reachMm } from '../domain/reach.ts';
import { reportIdSchema } from '../contract/ids.ts';
import type { Welcome } from '../contract/visitor.ts';
import { sealProbe } from '../sealing/seal-probe.ts';
import { claimFolder } from '../services/claim-folder.ts';
import { createRandomness } from '../adapters/randomness.ts';
import { createStationSettings } from '../services/station-settings.ts';
import { openStore } from '../services/store.ts';
import type { AdminRequest } from './admin.ts';
import { answerAdmin } from './admin-answers.ts';
import { ConfigError } from './config-error.ts';
import type { Config } from './config.ts';
import { openVisitorConnection, type DeskConnection, type VisitorConnection } from './connections.ts';
import { createDeskDoors } from './desk-doors.ts';
import { createDeskRouter } from './desk-router.ts';
import { openIdentity, type Identity } from './identity.ts';
import { lockFolder, type InstanceLock } from '../../db/instance-lock.ts';
import { openLog } from './log.ts';
import { openContentKeeper, type ContentKeeperParts } from './open-content-keeper.ts';
import { openPrinter } from './printer-config.ts';
import { createRefusalCounter, makeRpcOptions } from './rpc-options.ts';
import type { DistrictAddress } from './district-address.ts';
import { openServices, type StationServices } from './station-services.ts';
import { openStationContent, type ContentProblems, type StationContent } from './station-content.ts';
import { stationKiosksOf } from './station-kiosks.ts';
import { followSettings, knownToContent } from './station-said.ts';
import { builtAt } from './version.ts';
import { createVisitorRouter } from './visitor-router.ts';

export interface StationOptions {
  readonly district: DistrictAddress | null;
  /** IT's commands print their own answer. */
  readonly isQuiet?: boolean;
  /** A kiosk starts: how it goes with a new package of content is written down. */
  readonly isStart?: boolean;
}

function refuseForeignFolder(
  config: Config,
  identity: Identity,
  claimed: ReturnType<typeof claimFolder>,
): void {
  if (claimed.kind === 'other') {
    throw new ConfigError(
      `${config.dataDir}: this data folder belongs to kiosk ${claimed.kioskId} (${claimed.mode}); expected an empty folder for kiosk ${identity.kioskId} (${identity.mode}).`,
    );
  }
  if (claimed.kind === 'not-stored')
    throw new ConfigError(`${config.dataDir}: nothing can be written there (${claimed.reason}).`);
}

/** IT hears of a screen that hangs too high for "Lower" to help. */
function warnOfReach({ screen }: Config, log: Log): void {
  const share = reachableShare(screen);
  if (share === null || share >= leastReachableShare) return;
  log.warn('screen-too-high', {
    warning: `only ${Math.round(share * 100)} % of the screen is below ${reachMm} mm: "Lower" cannot bring every button there`,
  });
}

/**
 * Opens everything one kiosk is made of, for either host.
 * @throws ConfigError, ContentError or DatabaseRefusal with one sentence; nothing is left open then.
 */
export async function openStation(config: Config, options: StationOptions) {
  const clock = createSystemClock(builtAt);
  const log = createRecentLog(options.isQuiet === true ? createSilentLog() : openLog(), clock);
  warnOfReach(config, log);
  const lock = lockFolder(config.dataDir);
  const { content, identity } = await openPlace(config, lock, {
    clock,
    log,
    isStart: options.isStart === true,
  });
  const { dataDir, migrationsDir } = config;
  const store = openStore({ dataDir, migrationsDir, clock, log, lock });
  try {
    refuseForeignFolder(
      config,
      identity,
      claimFolder(store, clock, { kioskId: identity.kioskId, mode: identity.mode }),
    );
    const services = openServices({
      ...{ config, identity, store, clock, log },
      ...openSaid({ content, identity, store, clock, log, district: options.district }),
      library: content.library,
      district: options.district,
      printer: await openPrinter(config, identity.kioskId),
    });
    const probe = await sealProbe(services.sealer, reportIdSchema.parse(createRandomness().uuid()));
    log.note('opened', {
      kioskId: identity.kioskId,
      mode: identity.mode,
      canSeal: probe.ok,
      hasStationKey: services.sealer.hasStationKey(),
    });
    return assemble({ config, identity, content, store, services, log });
  } catch (error) {
    store.close();
    throw error;
  }
}

/** What is shown, and who this kiosk is in it. */
async function openPlace(
  config: Config,
  lock: InstanceLock,
  options: Parameters<typeof openStationContent>[1],
): Promise<{ content: StationContent; identity: Identity }> {
  try {
    const content = await openStationContent(config, options);
    return { content, identity: await openIdentity(config, content.library) };
  } catch (error) {
    lock.release();
    throw error;
  }
}

/** What a supervisor says of the station, laid over what the district says. */
function openSaid(parts: Omit<ContentKeeperParts, 'stationSettings'>) {
  const { content, identity, store, clock, log } = parts;
  const known = () => knownToContent(content.library);
  const stationSettings = createStationSettings({ store, clock, log, known });
  followSettings(content.library, identity.station, stationSettings);
  return { stationSettings, contentKeeper: openContentKeeper({ ...parts, stationSettings }) };
}

interface Opened {
  readonly config: Config;
  readonly identity: Identity;
  readonly content: StationContent;
  readonly store: ReturnType<typeof openStore>;
  readonly services: StationServices;
  readonly log: RecentLog;
}

/** The reference stays two minutes, the neutral screen half of one, whatever the configuration. */
function screenTimes({ screen }: Config): Welcome['screen'] {
  return {
    idleMs: screen.idleSeconds * 1000,
    warningMs: screen.warningSeconds * 1000,
    referenceMs: 120_000,
    officerMs: 30_000,
    theme: screen.theme,
    reachableShare: reachableShare(screen),
  };
}

function startServices(services: StationServices): void {
  const { delivery, keeping, printerWatch, lane, receipts, layout, speech, contentKeeper } = services;
  services.auditHead.start();
  // The district has something new: so far the log is signed too.
  delivery.onChange(({ state }) => {
    if (state === 'up-to-date') void services.auditHead.sign();
  });
  delivery.start();
  contentKeeper.start();
  keeping.start();
  printerWatch.start();
  lane.takeBackOld(receipts.mayHang());
  void layout.warmUp();
  speech.start();
}

function connectVisitor({ leaflets, speech, contentKeeper }: StationServices): VisitorConnection {
  // A page that starts anew knows nothing of the paper that was asked for before.
  leaflets.leave();
  speech.leave();
  const connection = openVisitorConnection();
  contentKeeper.visitorCame(connection.signal);
  return connection;
}

function assemble({ config, identity, content, store, services, log }: Opened) {
  const { library } = content;
  const contentProblems = (): ContentProblems => content.problems();
  const refusals = createRefusalCounter(log);
  const doors = createDeskDoors(identity.mode, services);
  return {
    identity,
    services,
    /** What of content was left out or should be looked at again; for doctor, the desk and whoever starts it. */
    contentProblems,
    visitorRouter: createVisitorRouter({
      ...{ identity, library, services, screen: screenTimes(config) },
      preview: config.preview,
    }),
    deskRouter: createDeskRouter({
      ...{ identity, library, contentProblems, services, doors },
      stationKiosks: stationKiosksOf(config.desk.network),
    }),
    visitorRpcOptions: makeRpcOptions<VisitorConnection>('visitor', refusals),
    deskRpcOptions: makeRpcOptions<DeskConnection>('desk', refusals),
    connectVisitor: () => connectVisitor(services),
    connectDesk: doors.connect,
    countRefusal: refusals.count,
    warnOfDeskNetwork: (reason: string) => {
      log.warn('desk-network', { reason });
    },
    refusalCounts: refusals.counts,
    handleAdmin: (request: AdminRequest) => answerAdmin({ config, identity, store, services, log }, request),
    /** From here on reports are delivered and the layout is warm; IT's commands never come here. */
    start: () => {
      startServices(services);
    },
    close: async () => {
      await services.stop();
      store.close();
    },
  };
}
export type Station = Awaited<ReturnType<typeof openStation>>;
