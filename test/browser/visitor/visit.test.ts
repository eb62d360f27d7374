import { afterEach, expect, test, vi } from 'vitest';
import {
  act,
  chooseType,
  goToTypes,
  openStage,
  screen,
  seen,
  stopVisits,
  touch,
  type,
  until,
} from './stage.ts';

afterEach(stopVisits);

function fieldValue(name: string): string | null {
  const field = document.querySelector(`[data-field="${name}"]`);
  return field instanceof HTMLInputElement || field instanceof HTMLTextAreaElement ? field.value : null;
}

async function toText(language: string): Promise<void> {
  await goToTypes(language);
  await chooseType('stolen-things');
  for (const question of ['things', 'when', 'where']) {
    await seen(`[data-question="${question}"]`);
    await act('skip');
  }
  await seen('[data-question="what-happened"]');
}

test('what is half written is there in the other language, and after the screen was hidden', async () => {
  await openStage();
  await toText('da');
  await type('what-happened', 'på bænken');
  await act('language');
  await touch('[data-language="ar"]');
  await seen('html[dir="rtl"] [data-question="what-happened"]');
  expect(fieldValue('what-happened')).toBe('på bænken');
  await act('hide');
  const hidden = await screen('hours');
  expect(hidden.innerText).not.toContain('bænken');
  await act('hide');
  await seen('[data-question="what-happened"]');
  expect(fieldValue('what-happened')).toBe('på bænken');
});

test('an IMEI of fourteen digits is questioned softly and kept', async () => {
  const { visit } = await openStage();
  await goToTypes('en');
  await chooseType('stolen-things');
  await touch('[data-choice="phone"]');
  await type('imei', '49015420323751');
  await vi.waitUntil(() => document.querySelector('[data-screen]')?.textContent.includes('14 digits'), until);
  await act('done-thing');
  await act('continue');
  await seen('[data-question="when"]');
  expect(visit.session.draft.answers['things']).toEqual({
    kind: 'things',
    things: [{ kind: 'phone', fields: { imei: '49015420323751' } }],
  });
});

test('a number that no paper shows: the fault stands above it, and the screen asks to write it down', async () => {
  const { services } = await openStage();
  await toText('da');
  for (let turn = 0; document.querySelector('[data-screen="check"]') === null && turn < 20; turn += 1)
    await act('skip');
  await act('submit');
  const page = await seen('[data-reference]');
  expect(page.dataset['reference']).toMatch(/^\d{12}$/);
  const reportId = services.arrived[0]?.reportId;
  if (reportId === undefined) throw new Error('nothing arrived');
  services.push({ kind: 'receipt', receipt: { reportId, state: 'failed', problem: 'no-paper' } });
  await seen('[data-print-problem="no-paper"]');
  // A double tap on send must not end the visit: the button wakes up after a moment.
  await seen('[data-settled="true"]');
  await act('finish');
  await screen('start');
  expect(services.left).toEqual([reportId]);
});

test('the warning stands instead of the page; one touch brings everything back', async () => {
  const quick = { idleMs: 3000, warningMs: 600_000, referenceMs: 120_000, officerMs: 30_000 };
  await openStage({ screen: { ...quick, theme: 'light', reachableShare: null } });
  await touch('[data-language="da"]');
  await screen('idle');
  expect(document.querySelector('[data-screen="home"]')).toBeNull();
  await act('extend');
  await screen('home');
});

test('danger opens with no line at all; the words about the call are true', async () => {
  const { services } = await openStage();
  services.unplug();
  await act('danger');
  const stop = await screen('stop');
  expect(stop.innerText).toContain('112');
  await act('staff-now');
  await seen('[data-alert-words="nobody"]');
  services.plugIn();
  await seen('[data-alert-words="telling"]');
  services.alertBecomes('taken');
  await seen('[data-alert-words="coming"]');
});
