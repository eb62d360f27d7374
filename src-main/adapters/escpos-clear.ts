import type { PrinterProfile } from '../contract/printer-profile.ts';
import { clearBuffers } from './escpos-commands.ts';
import type { EscPosDialogue } from './escpos-dialogue.ts';
import { wait } from './wait.ts';

const clearMs = 1_200;

/**
 * Has the printer forget what it has received and not printed.
 * @returns whether it said that it has; one that is only told, or cannot, may still print it.
 */
export async function clearPrinter(dialogue: EscPosDialogue, { clear }: PrinterProfile): Promise<boolean> {
  if (clear === 'none') return false;
  const signal = AbortSignal.timeout(clearMs);
  if (clear === 'dle-dc4') {
    const reply = await dialogue.ask(clearBuffers[clear], 'cleared', clearMs, signal);
    return typeof reply !== 'string';
  }
  const written = dialogue.channel.write(clearBuffers[clear]).catch(() => undefined);
  await Promise.race([written, wait(clearMs, signal)]);
  return false;
}
