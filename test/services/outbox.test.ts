import { expect, it } from 'vitest';
import { listAudit } from '../../db/stores/audit.ts';
import type { ParkedEvent } from '../../src-main/contract/envelope.ts';
import { createBatchSigner } from '../../src-main/sealing/batch-signer.ts';
import { makeKioskKey } from '../../src-main/sealing/make-keys.ts';
import { kioskSigningKeySchema } from '../../src-main/contract/keys.ts';
import { createOutbox } from '../../src-main/services/outbox.ts';
import { storeReport } from '../../src-main/services/reports.ts';
import { judgeOutcome, makeBatch } from '../../src-main/sync/attempt.ts';
import { createFakeClock, makeSealedReport } from '../helpers/fakes.ts';
import { openTestStore, testKiosk } from '../helpers/test-store.ts';

async function setUp() {
  const clock = createFakeClock();
  const store = openTestStore(clock);
  for (let count = 0; count < 3; count += 1) storeReport(store, makeSealedReport(), '80mm');
  const outbox = createOutbox({ store, clock, onAcknowledged: () => undefined });
  const signer = createBatchSigner(
    kioskSigningKeySchema.parse(JSON.parse((await makeKioskKey()).privateText)),
  );
  const pending = outbox.nextBatch();
  const batch = pending === null ? null : await makeBatch(testKiosk, pending, signer);
  if (batch === null) throw new Error('three reports make a batch');
  const answer = (parked: ParkedEvent[], throughSequence = 3) =>
    judgeOutcome(batch, {
      outcome: 'acknowledged',
      acknowledgement: {
        kioskId: testKiosk,
        throughSequence,
        headHash: batch.events[throughSequence - 1]?.hash ?? '',
        parked,
      },
    });
  return { store, outbox, answer };
}

it('what the district holds but could not register is counted once, audited, and no longer waits', async () => {
  const { store, outbox, answer } = await setUp();
  const step = answer([{ sequence: 2, reason: 'unreadable' }]);
  if (step.step !== 'acknowledged') throw new Error(step.step);
  for (let time = 0; time < 2; time += 1)
    outbox.acknowledgeThrough(step.sequence, step.headHash, step.parked);
  expect(outbox.standing()).toEqual({ deliveredThrough: 3, newest: 3, oldestWaitingAt: null });
  expect(outbox.parked()).toBe(1);
  const lines = store.read((db) => listAudit(db, 20)).filter(({ action }) => action === 'event-parked');
  expect(lines).toMatchObject([{ actor: 'district', subject: '2' }]);
});

it('a district cannot park what was not sent, nor what it does not acknowledge', async () => {
  const { answer } = await setUp();
  const foreign: ParkedEvent[] = [
    { sequence: 3, reason: 'other-words' },
    { sequence: 40, reason: 'unreadable' },
  ];
  expect(answer(foreign, 2)).toMatchObject({ step: 'acknowledged', sequence: 2, parked: [] });
});
