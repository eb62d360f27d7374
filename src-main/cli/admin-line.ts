import { askRunningKiosk, type AdminAnswer, type AdminRequest } from '../app/admin.ts';
import type { Config } from '../app/config.ts';
import { keepPin, type NewPin } from '../app/kiosk.ts';
import { openStation } from '../app/station.ts';
import { complain, say } from './print.ts';

/** A running kiosk owns its database and is asked; otherwise this process is the owner for a moment. */
export async function askKiosk(config: Config, request: AdminRequest): Promise<AdminAnswer> {
  const running = await askRunningKiosk(config.dataDir, request);
  if (running !== null) return running;
  const station = await openStation(config, { district: null });
  try {
    return await station.handleAdmin(request);
  } finally {
    await station.close();
  }
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
