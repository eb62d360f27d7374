import { afterEach, expect, test, vi } from 'vitest';
import type { PrinterProblem, PrintState } from '../../../src-main/contract/status.ts';
import {
  act,
  chooseType,
  flaws,
  goToTypes,
  landscape,
  openStage,
  portrait,
  screen,
  seen,
  stopVisits,
  stumbles,
  until,
  type Stage,
} from './stage.ts';

/* What a visitor reads of the slip is true, says what to do, and never pushes the number off the page. */

afterEach(stopVisits);
const long = { timeout: 240_000 };

async function sendReport(language: string, { services }: Stage) {
  await goToTypes(language);
  await chooseType('vandalism');
  for (let turn = 0; document.querySelector('[data-screen="check"]') === null && turn < 30; turn += 1)
    await act('skip');
  await act('submit');
  await seen('[data-reference]');
  const reportId = services.arrived[0]?.reportId;
  if (reportId === undefined) throw new Error('nothing arrived');
  const tell = async (state: PrintState, problem: PrinterProblem | null): Promise<void> => {
    services.push({ kind: 'receipt', receipt: { reportId, state, problem } });
    await seen(`[data-print-state="${state}"]`);
    if (problem !== null) await seen(`[data-print-problem="${problem}"]`);
  };
  return { reportId, tell };
}

const offers = (name: string): boolean => document.querySelector(`[data-action="${name}"]`) !== null;

/** Number, code, what is wrong and what comes next stand on one page. */
async function allInSight(): Promise<boolean> {
  await document.fonts.ready;
  const view = document.querySelector('main')?.getBoundingClientRect();
  const parts = [...document.querySelectorAll('.slip, .code svg, .notice, .print, .next')];
  const isIn = ({ top, bottom }: DOMRect): boolean =>
    view !== undefined && top >= view.top - 1 && bottom <= view.bottom + 1;
  return !offers('more') && parts.length > 3 && parts.every((part) => isIn(part.getBoundingClientRect()));
}

const ends: readonly (readonly [PrintState, PrinterProblem | null])[] = [
  ['sent', null],
  ['printed', null],
  ['failed', 'no-paper'],
  ['failed', 'wrong-printer'],
  ['unknown', 'cannot-tell'],
  ['unknown', 'not-seen'],
];

for (const language of ['da', 'en', 'ar', 'uk', 'pl', 'tr', 'ro', 'de'])
  for (const [way, size] of [
    ['standing', portrait],
    ['lying', landscape],
  ] as const)
    test(
      `however the printing ends, the number and what to do stand on one page: ${language}, ${way}`,
      long,
      async () => {
        const stage = await openStage({ isLobbyStaffed: false }, size);
        const { tell } = await sendReport(language, stage);
        for (const [state, problem] of ends) {
          await tell(state, problem);
          await vi
            .waitUntil(allInSight, until)
            .catch(() => expect.soft(`${state} ${problem ?? ''}`).toBe('in sight'));
          expect.soft(flaws(stage.i18n)).toEqual([]);
        }
        expect(await stumbles()).toEqual([]);
      },
    );

test('the printer says that it is out and the visitor has nothing: one touch tells the desk, and the number is what counts', async () => {
  const stage = await openStage();
  const { reportId, tell } = await sendReport('en', stage);
  await tell('sent', null);
  expect(offers('no-paper')).toBe(false);
  await tell('printed', null);
  await seen('[data-settled="true"]');
  await act('no-paper');
  await seen('[data-print-problem="not-seen"]');
  expect(offers('no-paper')).toBe(false);
  expect(stage.services.slipsTold).toEqual([{ reportId, hasSlip: false }]);
  await act('finish');
  await screen('start');
  expect(stage.services.slipsTold).toHaveLength(1);
});

test('nobody knows whether it came out: who holds the slip says so by leaving with it', async () => {
  const stage = await openStage();
  const { reportId, tell } = await sendReport('ar', stage);
  await tell('unknown', 'cannot-tell');
  await seen('[data-settled="true"]');
  await act('finish');
  await screen('start');
  expect(stage.services.slipsTold).toEqual([{ reportId, hasSlip: true }]);
  expect(stage.services.left).toEqual([reportId]);
});

test('before the paper is out nobody is asked to say that they have it', async () => {
  const stage = await openStage();
  const { tell } = await sendReport('en', stage);
  await tell('sent', null);
  await seen('[data-settled="true"]');
  expect((await seen('[data-action="finish"]')).innerText).not.toMatch(/slip/i);
  await act('finish');
  await screen('start');
  expect(stage.services.slipsTold).toEqual([]);
});

test('a slip that failed is never said to be in anybody’s hands', async () => {
  const stage = await openStage();
  const { tell } = await sendReport('da', stage);
  await tell('failed', 'jam');
  await seen('[data-settled="true"]');
  await act('finish');
  await screen('start');
  expect(stage.services.slipsTold).toEqual([]);
});
