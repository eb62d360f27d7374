import type { DeskContract } from './desk.ts';
import type { Role } from './staff.ts';

/** `any-page`: also one that has not shown yet that it stands at a desk; `anyone`: a desk nobody is signed in at. */
export type Access = 'any-page' | 'anyone' | readonly Role[];

/** Reading reports and working on them. IT never opens one. */
const working = ['front-desk', 'officer', 'supervisor'] as const;
const looksAfterDesks = ['supervisor', 'it'] as const;
const supervising = ['supervisor'] as const;

/** Who may call what at the desk; a procedure without a line does not compile. Asked at the border, before its input is read. */
export const deskAccess: Readonly<Record<keyof DeskContract, Access>> = {
  greet: 'any-page',
  prove: 'any-page',
  register: 'any-page',
  welcome: 'anyone',
  texts: 'anyone',
  follow: 'anyone',
  signIn: 'anyone',
  signOut: 'anyone',
  changePin: [...working, 'it'],
  releaseKey: working,
  keepKey: working,
  // Whoever gives it away must hold it: IT does not.
  giveKey: supervising,
  devices: looksAfterDesks,
  makeDeskCode: looksAfterDesks,
  revokeDevice: looksAfterDesks,
  staff: supervising,
  addStaff: supervising,
  setRoles: supervising,
  setDisabled: supervising,
  resetPin: supervising,
  queue: working,
  findReport: working,
  beginSearch: working,
  openForSearch: working,
  queueChanges: working,
  openReport: working,
  showContact: working,
  claim: working,
  takeOver: working,
  release: working,
  finish: working,
  standing: working,
  addEntry: working,
  changeLane: working,
  transfer: ['officer', 'supervisor'],
  reject: ['officer', 'supervisor'],
  reopen: working,
  escalate: working,
  printLeaflet: working,
  reprint: working,
  settleSlip: working,
  takeAlert: working,
  auditPage: supervising,
  auditPeople: supervising,
  verifyAudit: supervising,
  noteAuditExport: supervising,
  noteReportOut: working,
  noteQueueExport: working,
  stationSettings: supervising,
  previewStation: supervising,
  approveStation: supervising,
  restoreStation: supervising,
  kioskHealth: ['supervisor', 'it'],
  numbers: supervising,
};

export function mayCall(roles: readonly Role[], procedure: keyof DeskContract): boolean {
  const access = deskAccess[procedure];
  return access === 'any-page' || access === 'anyone' || access.some((role) => roles.includes(role));
}
