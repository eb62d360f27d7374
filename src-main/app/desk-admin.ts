import { assertNever } from '../domain/assert-never.ts';
import type { ChangeOutcome, StaffAdmin } from '../services/staff-admin.ts';
import type { AdminAnswer, AdminRequest } from './admin.ts';
import type { StationServices } from './station-services.ts';

type StaffRequest = Extract<
  AdminRequest,
  { ask: 'add-staff' | 'disable-staff' | 'reset-pin' | 'recover-staff' | 'list-staff' }
>;
type DesksRequest = Extract<
  AdminRequest,
  { ask: 'make-pairing-code' | 'list-desks' | 'revoke-desk' | 'reset-desks' }
>;

const refuse = (sentence: string): AdminAnswer => ({ answer: 'refused', sentence });
const notStored = refuse('The store cannot be written; nothing was changed.');

function refusalOf(
  userName: string,
  outcome: Exclude<ChangeOutcome, { kind: 'done' }> | { readonly kind: 'name-taken' },
): AdminAnswer {
  switch (outcome.kind) {
    case 'name-taken':
      return refuse(`The user name ${userName} is taken.`);
    case 'changed':
      return refuse('Somebody at a desk changed this user in the same moment; look again.');
    case 'last-supervisor':
      return refuse(`${userName} is the last supervisor; make another one first.`);
    case 'not-found':
      return refuse(`There is no user ${userName}.`);
    case 'not-stored':
      return notStored;
    default:
      return assertNever(outcome);
  }
}

async function recover(staffAdmin: StaffAdmin, userName: string | null): Promise<AdminAnswer> {
  const outcome = await staffAdmin.recover(userName);
  switch (outcome.kind) {
    case 'made':
      return { answer: 'pin', userName: outcome.member.userName, pin: outcome.pin };
    case 'no-supervisor':
      return refuse(
        userName === null
          ? 'There is no supervisor yet; add one with "staff add USER --name NAME --role supervisor".'
          : `${userName} is no supervisor.`,
      );
    case 'several':
      return refuse(`There are several supervisors; name one: ${outcome.userNames.join(', ')}.`);
    case 'not-stored':
      return notStored;
    default:
      return assertNever(outcome);
  }
}

async function answerStaff({ staffAdmin }: StationServices, request: StaffRequest): Promise<AdminAnswer> {
  if (request.ask === 'list-staff') return { answer: 'staff', staff: staffAdmin.list() };
  if (request.ask === 'recover-staff') return recover(staffAdmin, request.userName);
  const { userName } = request;
  if (request.ask === 'add-staff') {
    const { displayName, roles, isPinOneTime } = request;
    const added = await staffAdmin.add({ userName, displayName, roles: [...roles] }, 'it', isPinOneTime);
    return added.kind === 'made' ? { answer: 'pin', userName, pin: added.pin } : refusalOf(userName, added);
  }
  const member = staffAdmin.find(userName);
  if (member === null) return refusalOf(userName, { kind: 'not-found' });
  if (request.ask === 'reset-pin') {
    const made = await staffAdmin.resetPin(member, 'it');
    return made.kind === 'made' ? { answer: 'pin', userName, pin: made.pin } : refusalOf(userName, made);
  }
  const outcome = staffAdmin.setDisabled(member, request.isDisabled, 'it');
  return outcome.kind === 'done' ? { answer: 'done' } : refusalOf(userName, outcome);
}

function answerDesks({ devices }: StationServices, request: DesksRequest): AdminAnswer {
  switch (request.ask) {
    case 'make-pairing-code':
      return { answer: 'pairing-code', ...devices.makeCode() };
    case 'list-desks': {
      const keyId = devices.stationKey()?.kid ?? null;
      const desks = devices.list().map(({ deviceId, name, addedAt, seenAt, stationKeyId }) => ({
        ...{ deviceId, name, addedAt, seenAt },
        holdsStationKey: stationKeyId !== null && stationKeyId === keyId,
      }));
      return { answer: 'desks', desks };
    }
    case 'revoke-desk': {
      const { kind } = devices.revokeByName(request.name);
      if (kind === 'done') return { answer: 'desk-revoked', isKeyHeld: devices.isKeyHeld() };
      return kind === 'not-stored' ? notStored : refuse(`There is no desk named ${request.name}.`);
    }
    case 'reset-desks':
      return devices.reset().kind === 'done' ? { answer: 'done' } : notStored;
    default:
      return assertNever(request);
  }
}

function isAboutDesks(request: StaffRequest | DesksRequest): request is DesksRequest {
  return ['make-pairing-code', 'list-desks', 'revoke-desk', 'reset-desks'].includes(request.ask);
}

/** What IT's commands about staff and desks are told. */
export async function answerDesk(
  services: StationServices,
  request: StaffRequest | DesksRequest,
): Promise<AdminAnswer> {
  return isAboutDesks(request) ? answerDesks(services, request) : answerStaff(services, request);
}
