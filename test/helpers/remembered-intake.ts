import { genesisHash, type WireEvent } from '../../src-main/contract/envelope.ts';
import type { KioskPublicKey } from '../../src-main/contract/keys.ts';
import { createBatchChecker } from '../../src-district/check-batch.ts';
import type { IntakeOutcome } from '../../src-district/intake.ts';

/** An intake of one kiosk that keeps its events in memory and can lose the newest, as a restored backup does. */
export function createRememberedIntake(kioskId: string, publicKey: KioskPublicKey) {
  const checker = createBatchChecker(async (asked) => (asked === kioskId ? [publicKey] : []));
  const kept: WireEvent[] = [];
  const refused = (refusal: 'gap' | 'conflict' | 'malformed' | 'broken-chain'): IntakeOutcome => ({
    outcome: 'refused',
    refusal: { refusal, throughSequence: refusal === 'gap' ? kept.length : null },
  });
  return {
    kept,
    loseAfter: (sequence: number): void => void kept.splice(sequence),
    async handleBatch(input: unknown): Promise<IntakeOutcome> {
      const checked = await checker.check(input);
      if (!checked.ok) return refused('malformed');
      const { batch } = checked;
      if (batch.firstSequence > kept.length + 1) return refused('gap');
      if ((kept[batch.firstSequence - 2]?.hash ?? genesisHash) !== batch.previousHash)
        return refused('broken-chain');
      for (const event of batch.events) {
        const known = kept[event.sequence - 1];
        if (known === undefined) kept.push(event);
        else if (known.hash !== event.hash) return refused('conflict');
      }
      const { lastSequence, headHash } = batch;
      return {
        outcome: 'acknowledged',
        acknowledgement: { kioskId: batch.kioskId, throughSequence: lastSequence, headHash, parked: [] },
      };
    },
  };
}
