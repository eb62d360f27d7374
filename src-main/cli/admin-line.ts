import { askRunningKiosk, type AdminAnswer, type AdminRequest } from '../app/admin.ts';
import type { Config } from '../app/config.ts';
import { keepPin, type NewPin } from '../app/kiosk.ts';
import { openStation } from '../app/station.ts';
import { complain, say } from './print.ts';

export type AskKiosk = (request: AdminRequest) => Promise<AdminAnswer>;

/** A running kiosk owns its database and is asked; otherwise this process is the owner until `use` has ended. */
export async function withKiosk<T>(config: Config, use: (ask: AskKiosk) => Promise<T>): Promise<T> {
  const own: { station?: Awaited<ReturnType<typeof openStation>> } = {};
  const ask: AskKiosk = async (request) => {
    const running = own.station === undefined ? await askRunningKiosk(config.dataDir, request) : null;
    if (running !== null) return running;
    own.station ??= await openStation(config, { district: null });
    return own.station.handleAdmin(request);
  };
  try {
    return await use(ask);
  } finally {
    await own.station?.close();
  }
}

export function askKiosk(config: Config, request: AdminRequest): Promise<AdminAnswer> {
  return withKiosk(config, (ask) => ask(request));
}

/** What IT reads instead of an answer. */
export function refuse(answer: AdminAnswer): number {
  complain(
    answer.answer === 'refused' ? answer.sentence : 'the kiosk gave another answer than was asked for.',
  );
  return 1;
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
