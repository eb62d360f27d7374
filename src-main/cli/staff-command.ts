import type { AdminRequest } from '../app/admin.ts';
import { readConfig, type Config } from '../app/config.ts';
import { userNameSchema } from '../contract/desk-staff.ts';
import { roleSchema, type Role } from '../contract/staff.ts';
import { askKiosk, refuse, tellPin } from './admin-line.ts';
import { parseOptions, placeOptions } from './options.ts';
import { say } from './print.ts';
import { UsageError } from './usage.ts';

function readRoles(typed: readonly string[]): Role[] {
  return (typed.length === 0 ? ['front-desk'] : typed).map((role) => {
    const parsed = roleSchema.safeParse(role);
    if (!parsed.success)
      throw new UsageError(`--role ${role}: expected one of ${roleSchema.options.join(', ')}.`);
    return parsed.data;
  });
}

function readUserName(action: string, typed: string | undefined): string {
  if (typed === undefined) throw new UsageError(`staff ${action}: expected a user name after it.`);
  if (!userNameSchema.safeParse(typed).success)
    throw new UsageError(
      `${typed}: expected a user name of 2 to 40 small letters, digits, dots and hyphens.`,
    );
  return typed;
}

/** For everything that ends in a PIN which its owner must change at the first sign-in. */
async function makePin(config: Config, request: AdminRequest, isForProgram: boolean): Promise<number> {
  const answer = await askKiosk(config, request);
  if (answer.answer !== 'pin') return refuse(answer);
  await tellPin(config.dataDir, answer, isForProgram);
  if (!isForProgram) say('It opens the desk once: the first thing asked for is another one.');
  return 0;
}

async function list(config: Config, isForProgram: boolean): Promise<number> {
  const answer = await askKiosk(config, { ask: 'list-staff' });
  if (answer.answer !== 'staff') return refuse(answer);
  if (isForProgram) say(JSON.stringify(answer.staff));
  else
    for (const { userName, displayName, roles, isDisabled } of answer.staff)
      say(`${userName}\t${displayName}\t${roles.join(',')}${isDisabled ? '\tdisabled' : ''}`);
  return 0;
}

async function setDisabled(config: Config, userName: string, isDisabled: boolean): Promise<number> {
  const answer = await askKiosk(config, { ask: 'disable-staff', userName, isDisabled });
  if (answer.answer !== 'done') return refuse(answer);
  say(isDisabled ? `${userName} is signed out and can no longer sign in.` : `${userName} can sign in again.`);
  return 0;
}

/** `skranke staff add|list|disable|enable|reset-pin|recover`. */
export async function staffCommand(argv: readonly string[]): Promise<number> {
  const { values, positionals } = parseOptions(argv, {
    ...placeOptions,
    name: { type: 'string' },
    role: { type: 'string', multiple: true, default: [] },
  });
  const config = await readConfig({ configFile: values.config ?? null, dataDir: values['data-dir'] ?? null });
  const [action = '', typed] = positionals;
  switch (action) {
    case 'list':
      return list(config, values.json);
    case 'add': {
      const userName = readUserName(action, typed);
      if (values.name === undefined || values.name === '')
        throw new UsageError('staff add: expected --name with the name colleagues see.');
      const wanted = {
        userName,
        displayName: values.name,
        roles: readRoles(values.role),
        isPinOneTime: true,
      };
      return makePin(config, { ask: 'add-staff', ...wanted }, values.json);
    }
    case 'disable':
    case 'enable':
      return setDisabled(config, readUserName(action, typed), action === 'disable');
    case 'reset-pin':
      return makePin(config, { ask: 'reset-pin', userName: readUserName(action, typed) }, values.json);
    case 'recover': {
      const userName = typed === undefined ? null : readUserName(action, typed);
      return makePin(config, { ask: 'recover-staff', userName }, values.json);
    }
    default:
      throw new UsageError('staff: expected add, list, disable, enable, reset-pin or recover after it.');
  }
}
