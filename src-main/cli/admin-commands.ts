import { roleSchema, type Role } from '../contract/staff.ts';
import { askRunningKiosk, type AdminAnswer, type AdminRequest } from '../app/admin.ts';
import { readConfig, type Config } from '../app/config.ts';
import { openStation } from '../app/station.ts';
import { keepPin, type NewPin } from '../app/kiosk.ts';
import { parseOptions, placeOptions } from './options.ts';
import { complain, say } from './print.ts';
import { UsageError } from './usage.ts';

/** A running kiosk owns its database and is asked; otherwise this process is the owner for a moment. */
async function ask(config: Config, request: AdminRequest): Promise<AdminAnswer> {
  const running = await askRunningKiosk(config.dataDir, request);
  if (running !== null) return running;
  const station = await openStation(config, { district: null });
  try {
    return await station.handleAdmin(request);
  } finally {
    await station.close();
  }
}

function readRoles(typed: readonly string[]): Role[] {
  return (typed.length === 0 ? ['front-desk'] : typed).map((role) => {
    const parsed = roleSchema.safeParse(role);
    if (!parsed.success)
      throw new UsageError(`--role ${role}: expected one of ${roleSchema.options.join(', ')}.`);
    return parsed.data;
  });
}

function refuse(answer: AdminAnswer): number {
  complain(
    answer.answer === 'refused' ? answer.sentence : 'the kiosk gave another answer than was asked for.',
  );
  return 1;
}

/** `skranke staff add USER --name NAME [--role ROLE]…` and `skranke staff list`. */
export async function staffCommand(argv: readonly string[]): Promise<number> {
  const { values, positionals } = parseOptions(argv, {
    ...placeOptions,
    name: { type: 'string' },
    role: { type: 'string', multiple: true, default: [] },
  });
  const config = await readConfig({ configFile: values.config ?? null, dataDir: values['data-dir'] ?? null });
  const [action, userName] = positionals;
  if (action === 'list') {
    const answer = await ask(config, { ask: 'list-staff' });
    if (answer.answer !== 'staff') return refuse(answer);
    if (values.json) say(JSON.stringify(answer.staff));
    else for (const one of answer.staff) say(`${one.userName}\t${one.displayName}\t${one.roles.join(',')}`);
    return 0;
  }
  if (action !== 'add' || userName === undefined)
    throw new UsageError('staff: expected "staff add USER --name NAME" or "staff list".');
  if (!/^[a-z0-9.-]{2,40}$/.test(userName))
    throw new UsageError(
      `${userName}: expected a user name of 2 to 40 small letters, digits, dots and hyphens.`,
    );
  if (values.name === undefined || values.name === '')
    throw new UsageError('staff add: expected --name with the name colleagues see.');
  const answer = await ask(config, {
    ask: 'add-staff',
    userName,
    displayName: values.name,
    roles: readRoles(values.role),
  });
  if (answer.answer !== 'staff-added') return refuse(answer);
  await tellPin(config.dataDir, { userName, pin: answer.pin }, values.json);
  return 0;
}

/** A PIN goes to a terminal once, or into a file that only this user can read; never into a pipe. */
export async function tellPin(dataDir: string, made: NewPin, isForProgram: boolean): Promise<void> {
  if (!isForProgram && process.stdout.isTTY) {
    say(`staff: ${made.userName}, PIN ${made.pin} (shown once)`);
    return;
  }
  const sentence = `the PIN of ${made.userName} is in ${await keepPin(dataDir, made)}; read it, then delete it.`;
  if (isForProgram) complain(sentence);
  else say(`staff: ${sentence}`);
}

/** `skranke desk pair`: the code that the first desk types. */
export async function deskCommand(argv: readonly string[]): Promise<number> {
  const { values, positionals } = parseOptions(argv, placeOptions);
  if (positionals[0] !== 'pair') throw new UsageError('desk: expected "desk pair".');
  const config = await readConfig({ configFile: values.config ?? null, dataDir: values['data-dir'] ?? null });
  const answer = await ask(config, { ask: 'make-pairing-code' });
  if (answer.answer !== 'pairing-code') return refuse(answer);
  if (values.json) say(JSON.stringify({ code: answer.code, validForMs: answer.validForMs }));
  else
    say(
      `Type this code at the desk within ${String(Math.round(answer.validForMs / 60_000))} minutes: ${answer.code}`,
    );
  return 0;
}
