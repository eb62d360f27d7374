import fc from 'fast-check';
import { expect, it } from 'vitest';
import { insertStaff } from '../../db/stores/staff.ts';
import type { ReportId } from '../../src-main/contract/ids.ts';
import { createQueue } from '../../src-main/services/queue.ts';
import { createReview } from '../../src-main/services/review.ts';
import { storeReport } from '../../src-main/services/reports.ts';
import { createFakeClock, createFakeLog, makeSealedReport, makeStaff } from '../helpers/fakes.ts';
import { openTestStore } from '../helpers/test-store.ts';

const steps = ['receive', 'claim', 'release', 'finish', 'delete'] as const;

function setUp() {
  const clock = createFakeClock();
  const store = openTestStore(clock);
  const review = createReview({ store, clock, log: createFakeLog(), onChanged: () => undefined });
  const anna = makeStaff('Anna');
  store.write((db) => insertStaff(db, { staff: anna, pinHash: '$argon2id$test' }, clock.now().toISOString()));
  const ids: ReportId[] = [];
  return {
    store,
    anna,
    queue: createQueue({ store }),
    take: (step: (typeof steps)[number], at: number): void => {
      const reportId = ids[at % Math.max(1, ids.length)];
      if (step === 'receive') {
        const sealed = makeSealedReport();
        ids.push(sealed.reportId);
        storeReport(store, sealed, '80mm');
      } else if (reportId !== undefined && step === 'delete') {
        store.write((db) => {
          db.run(
            'DELETE FROM print_job WHERE sequence = (SELECT sequence FROM report WHERE report_id = ?)',
            reportId,
          );
          db.run('DELETE FROM report WHERE report_id = ?', reportId);
        });
      } else if (reportId !== undefined && step !== 'delete')
        for (const version of [1, 2, 3, 4]) review[step]({ reportId, version }, anna);
    },
  };
}

it('the counts are those of the reports, whatever was done and deleted, and whenever they are asked for', () => {
  const step = fc.tuple(fc.constantFrom(...steps), fc.nat(20), fc.boolean());
  fc.assert(
    fc.property(fc.array(step, { maxLength: 40 }), (taken) => {
      const { store, anna, queue, take } = setUp();
      const compare = (): void => {
        const { counts } = queue.page({ filter: 'all', beforeSequence: null }, anna);
        const truth = store.read((db) =>
          db.get("SELECT count(*) AS 'all', coalesce(sum(state = 'new'), 0) AS 'new' FROM report"),
        );
        expect({ all: counts.all, new: counts.new }).toEqual(truth);
      };
      for (const [name, at, isAsked] of taken) {
        take(name, at);
        if (isAsked) compare();
      }
      compare();
      store.close();
    }),
    { numRuns: 25 },
  );
});
