import type { PrinterProfile } from '../contract/printer-profile.ts';
import { askStatus } from './escpos-commands.ts';
import type { EscPosDialogue, Silence } from './escpos-dialogue.ts';
import { faultOf, isOffline, type EscPosFault } from './escpos-status.ts';

/** Real-time status is answered within milliseconds; this is for a slow line. */
const statusMs = 1_000;

function faultOfSilence(silence: Silence, profile: PrinterProfile): EscPosFault {
  const stop = (problem: EscPosFault['problem']): EscPosFault => ({
    problem,
    isBlocking: true,
    isPassing: false,
  });
  if (silence === 'aborted') return stop('timeout');
  if (silence === 'broken') return stop('offline');
  if (profile.status === 'may-answer') return { problem: 'cannot-tell', isBlocking: false, isPassing: false };
  return stop(silence === 'garbled' ? 'wrong-printer' : 'offline');
}

/** What is wrong with the printer now; null: nothing, as far as it tells. */
export async function readFault(
  dialogue: EscPosDialogue,
  profile: PrinterProfile,
  signal: AbortSignal,
): Promise<EscPosFault | null> {
  if (profile.status === 'silent') return null;
  const status = await dialogue.askStatus(statusMs, signal);
  if (typeof status === 'string') return faultOfSilence(status, profile);
  const fault = faultOf(status);
  // Where there is no such sensor its bits mean nothing.
  return fault?.problem === 'paper-low' && !profile.hasNearEndSensor ? null : fault;
}

/** One question instead of four: whether it still prints. */
export async function readFaultBriefly(
  dialogue: EscPosDialogue,
  profile: PrinterProfile,
  signal: AbortSignal,
): Promise<EscPosFault | null> {
  const reply = await dialogue.ask(askStatus(1), 'status', statusMs, signal);
  if (typeof reply === 'string') return faultOfSilence(reply, profile);
  return isOffline(reply.bits) ? readFault(dialogue, profile, signal) : null;
}
