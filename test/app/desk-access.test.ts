import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ORPCError } from '@orpc/client';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openKiosk, type Kiosk } from '../../src-main/app/kiosk.ts';
import { deskContract, type DeskContract } from '../../src-main/contract/desk.ts';
import { roleSchema, type Role } from '../../src-main/contract/staff.ts';
import { startNodeHost, type NodeHost } from '../../src-main/hosts/node/server.ts';
import { connectDesk, type DeskApi } from '../helpers/rpc-client.ts';

type Who = Role | 'nobody';
const everybody: readonly Who[] = ['nobody', ...roleSchema.options];
const counter: readonly Who[] = ['front-desk', 'officer', 'supervisor'];
const officers: readonly Who[] = ['officer', 'supervisor'];
const supervisors: readonly Who[] = ['supervisor'];

/** Said a second time, by hand: who may call what. Complete by its type. */
const expected: Readonly<Record<keyof DeskContract, readonly Who[]>> = {
  welcome: everybody,
  texts: everybody,
  follow: everybody,
  signIn: everybody,
  signOut: everybody,
  greet: everybody,
  prove: everybody,
  register: everybody,
  changePin: roleSchema.options,
  releaseKey: counter,
  keepKey: counter,
  giveKey: ['supervisor'],
  devices: ['supervisor', 'it'],
  makeDeskCode: ['supervisor', 'it'],
  revokeDevice: ['supervisor', 'it'],
  staff: ['supervisor'],
  addStaff: ['supervisor'],
  setRoles: ['supervisor'],
  setDisabled: ['supervisor'],
  resetPin: ['supervisor'],
  queue: counter,
  findReport: counter,
  beginSearch: counter,
  openForSearch: counter,
  queueChanges: counter,
  openReport: counter,
  showContact: counter,
  claim: counter,
  takeOver: counter,
  release: counter,
  finish: counter,
  standing: counter,
  addEntry: counter,
  changeLane: counter,
  transfer: officers,
  reject: officers,
  reopen: counter,
  escalate: counter,
  printLeaflet: counter,
  reprint: counter,
  settleSlip: counter,
  takeAlert: counter,
  auditPage: supervisors,
  auditPeople: supervisors,
  verifyAudit: supervisors,
  noteAuditExport: supervisors,
  noteReportOut: counter,
  noteQueueExport: counter,
  stationSettings: supervisors,
  previewStation: supervisors,
  approveStation: supervisors,
  restoreStation: supervisors,
  kioskHealth: ['supervisor', 'it'],
  numbers: supervisors,
};

let dataDir: string;
let kiosk: Kiosk;
let host: NodeHost;

beforeAll(async () => {
  dataDir = await mkdtemp(join(tmpdir(), 'skranke-access-'));
  kiosk = await openKiosk({ configFile: null, dataDir });
  host = await startNodeHost(kiosk.station, join(kiosk.config.resourcesDir, 'content'), 0);
});
afterAll(async () => {
  await host.close();
  await kiosk.close();
  await rm(dataDir, { recursive: true, force: true });
});

/** A desk of one connection, at which one person with one role has signed in. */
async function standsAtDesk(who: Who): Promise<DeskApi> {
  const { api } = await connectDesk(host.desk.address);
  if (who === 'nobody') return api;
  const userName = `only-${who}`;
  const wanted = { userName, displayName: userName, roles: [who] };
  const added = await kiosk.station.services.staffAdmin.add(wanted, 'it', false);
  if (added.kind !== 'made') throw new Error(added.kind);
  await api.signIn({ userName, pin: added.pin });
  return api;
}

/** Two desks at which the same person is signed in. */
async function standsAtTwo(userName: string): Promise<readonly [DeskApi, DeskApi]> {
  const wanted = { userName, displayName: userName, roles: ['officer' as const] };
  const added = await kiosk.station.services.staffAdmin.add(wanted, 'it', false);
  if (added.kind !== 'made') throw new Error(added.kind);
  const desks = [await connectDesk(host.desk.address), await connectDesk(host.desk.address)] as const;
  for (const { api } of desks) await api.signIn({ userName, pin: added.pin });
  return [desks[0].api, desks[1].api];
}

it('whoever chooses another PIN stays signed in, and is signed out wherever somebody used the old one', async () => {
  const [here, elsewhere] = await standsAtTwo('twice');
  await here.changePin({ pin: 'en grøn cykel i regn' });
  expect(await isLetIn(here, 'queue')).toBe(true);
  expect(await isLetIn(elsewhere, 'queue')).toBe(false);
});

/** Called with nothing at all: whoever is let in is then told that the input is wrong. */
async function isLetIn(api: DeskApi, procedure: string): Promise<boolean> {
  const ending = new AbortController();
  const call: (input: object, options: { signal: AbortSignal }) => Promise<unknown> = Reflect.get(
    api,
    procedure,
  );
  try {
    await call({}, { signal: ending.signal });
    return true;
  } catch (error) {
    if (!(error instanceof ORPCError)) throw error;
    const { code, defined } = error;
    if (code !== 'SIGNED_OUT' && code !== 'FORBIDDEN') return true;
    // The page knows the error by its type, whichever procedure it came from.
    expect({ procedure, code, defined }).toEqual({ procedure, code, defined: true });
    return false;
  } finally {
    ending.abort();
  }
}

const procedures = Object.keys(deskContract);

it('whoever has a PIN that somebody else has seen may choose another and do nothing else', async () => {
  const { api } = await connectDesk(host.desk.address);
  const wanted = { userName: 'newcomer', displayName: 'newcomer', roles: [...roleSchema.options] };
  const added = await kiosk.station.services.staffAdmin.add(wanted, 'it');
  if (added.kind !== 'made') throw new Error(added.kind);
  await api.signIn({ userName: 'newcomer', pin: added.pin });
  for (const procedure of procedures.filter((name) => name !== 'signOut' && name !== 'signIn')) {
    const isForEverybody = Object.entries(expected).some(
      ([name, allowed]) => name === procedure && allowed.includes('nobody'),
    );
    expect([procedure, await isLetIn(api, procedure)]).toEqual([
      procedure,
      isForEverybody || procedure === 'changePin',
    ]);
  }
  await api.changePin({ pin: 'en grøn cykel i regn' });
  expect((await api.staff({})).staff.length).toBeGreaterThan(0);
});

describe.each(everybody)('what %s may call over a real socket', (who) => {
  it('is what the table says, for every procedure there is', async () => {
    const api = await standsAtDesk(who);
    const letIn: string[] = [];
    // Signing out is the last thing anybody does.
    for (const procedure of [...procedures.filter((name) => name !== 'signOut'), 'signOut'])
      if (await isLetIn(api, procedure)) letIn.push(procedure);
    const table = Object.entries(expected).filter(([, allowed]) => allowed.includes(who));
    expect(letIn.toSorted()).toEqual(table.map(([procedure]) => procedure).toSorted());
  });
});
