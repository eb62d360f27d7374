import { afterEach, describe, expect, test, vi } from 'vitest';
import { page } from 'vitest/browser';
import { openKeyStore } from '../../../src-renderer/desk/keys/key-store.ts';
import { createKeyring } from '../../../src-renderer/desk/keys/keyring.ts';
import { deskPairCode } from '../../helpers/fake-desk-door.ts';
import { fakeReports } from '../../helpers/fake-desk-reports.ts';
import {
  axeFaults,
  layoutFaults,
  openDesk,
  openFirstReport,
  press,
  screen,
  seen,
  signIn,
  stopDesks,
  textOf,
  type,
  until,
} from './stage.ts';

afterEach(stopDesks);

async function isUsable(): Promise<void> {
  expect(await axeFaults()).toEqual([]);
  expect(layoutFaults()).toEqual([]);
}

describe('before anybody works at it', () => {
  test('sign-in: whoever comes types at once; a wrong PIN is one sentence', async () => {
    const { i18n } = await openDesk();
    await vi.waitUntil(() => document.activeElement?.getAttribute('data-field') === 'user-name', until);
    await isUsable();
    await signIn('999999');
    await seen('[role="status"] .attention');
    expect(textOf('[data-screen]')).toContain('passer ikke sammen');
    await isUsable();
    expect([...i18n.missing.keys()]).toEqual([]);
  });

  test('sign-in: a call from the lobby stands on the locked desk, without details and in the title', async () => {
    const { kiosk } = await openDesk();
    const alert = kiosk.raise('officer', { nameToCall: 'Opfundet' });
    await seen(`[data-alert="${alert.alertId}"]`);
    expect(textOf('body')).not.toContain('Opfundet');
    await vi.waitUntil(() => document.title.includes('1 kald'), until);
    expect(textOf('[role="alert"]')).toContain('betjent');
    expect(document.querySelector('[data-desk-action="take-alert"]')).toBeNull();
    await isUsable();
  });

  test('a desk that registers makes the key here; the browser keeps it and no script can read it out', async () => {
    const options = { isPaired: false, isDemonstration: false, reports: [] };
    const { kiosk, storeName } = await openDesk(options, 1366, 768, 'desk-pair');
    await isUsable();
    await type('pair-code', 'another');
    await type('pair-name', 'Skranke 1');
    await press('[data-desk-action="pair"]');
    await seen('[role="status"] .attention');
    await type('pair-code', deskPairCode);
    await press('[data-desk-action="pair"]');
    await screen('desk-sign-in');
    await signIn();
    await screen('desk-queue');
    const store = await openKeyStore(storeName);
    const device = await store.device();
    for (const pair of [device?.sign, device?.box])
      await expect(crypto.subtle.exportKey('pkcs8', pair?.privateKey ?? new CryptoKey())).rejects.toThrow();
    // A page that is opened tomorrow finds the same key.
    const { stationKeyId } = kiosk.welcome;
    const secret = kiosk.door.release?.releaseSecret ?? '';
    expect(await createKeyring(store).unlock(stationKeyId ?? '', secret)).not.toBeNull();
  });
});

describe('the queue', () => {
  test.each([
    [1366, 768],
    [1280, 720],
  ])('at %i × %i nothing is cut off, with calls, faults and an open report', async (width, height) => {
    const { kiosk, i18n } = await openDesk({}, width, height);
    await signIn();
    kiosk.raise('danger-notice');
    kiosk.raise('officer', { nameToCall: 'Opfundet', isPersonHere: 'yes' });
    kiosk.changeNotice({
      delivery: {
        state: 'failing',
        undelivered: 3,
        parked: 1,
        problem: 'not-an-acknowledgement',
        stopped: null,
        progress: { sent: 0, total: 3 },
        oldestWaitingAt: '2026-11-20T13:02:00.000Z',
        acknowledgedAt: null,
      },
      printer: { state: 'attention', problem: 'no-paper' },
    });
    await openFirstReport();
    await seen('[data-delivery="failing"]');
    expect(textOf('[data-report] .third')).toContain('Adresse skjules Mulig hadforbrydelse Tolk');
    await isUsable();
    expect([...i18n.missing.keys()]).toEqual([]);
  });

  test('a line that stands still says why and how it goes on, and a backlog how far it is', async () => {
    const { kiosk, i18n } = await openDesk({});
    await signIn();
    const delivery = {
      undelivered: 3688,
      parked: 0,
      oldestWaitingAt: '2026-11-20T13:02:00.000Z',
      progress: { sent: 312, total: 4000 },
      acknowledgedAt: null,
    };
    kiosk.changeNotice({ delivery: { ...delivery, state: 'waiting', problem: null, stopped: null } });
    await seen('[data-delivery="waiting"]');
    expect(textOf('[data-delivery="waiting"]')).toContain('312 af 4.000');
    const reasons = ['unknown-kiosk', 'conflict', 'events-missing'] as const;
    for (const reason of reasons) {
      const stopped = { reason, sequence: 313 };
      kiosk.changeNotice({ delivery: { ...delivery, state: 'failing', problem: 'refused', stopped } });
      await seen(`[data-delivery-stopped="${reason}"]`);
    }
    await press('[data-delivery-stopped] summary');
    await seen('[data-delivery-stopped][open]');
    expect(textOf('[data-delivery-stopped]')).toContain('313');
    await isUsable();
    expect([...i18n.missing.keys()]).toEqual([]);
  });

  test('a word on an earlier report says that nobody has checked it and what is wanted; an appointment waits', async () => {
    const [bicycle] = fakeReports(1).filter(({ reportType }) => reportType === 'stolen-bicycle');
    if (bicycle === undefined) throw new Error('no bicycle among the reports');
    const told = (reportType: string, answers: typeof bicycle.answers): typeof bicycle => ({
      ...bicycle,
      isUnder18: false,
      reportType,
      answers,
    });
    const wish = (code: string): typeof bicycle.answers => ({
      'follow-wish': { kind: 'choice', codes: [code], note: '' },
    });
    await openDesk({
      reports: [
        told('follow-up', wish('lost-slip')),
        told('follow-up', wish('new-contact')),
        told('follow-up', wish('be-called')),
        told('appointment', {}),
      ],
    });
    await signIn();
    await seen('[data-report]');
    const flags = [...document.querySelectorAll('[data-report]')].map((line) =>
      [...line.querySelectorAll('[data-flag]')].map((flag) => flag.textContent.trim()),
    );
    expect(flags).toEqual([
      ['Til en sag, ikke bekræftet', 'Seddel er væk'],
      ['Til en sag, ikke bekræftet', 'Ny kontakt'],
      ['Til en sag, ikke bekræftet', 'Vil kontaktes'],
      ['Er bedt om at komme'],
    ]);
    await isUsable();
  });

  test('every kind of call has its words, and what was said with it; an interpreter is named', async () => {
    const { kiosk, i18n } = await openDesk();
    await signIn();
    const [report] = kiosk.reports;
    if (report === undefined) expect.fail('there is a report');
    kiosk.raise('staff-now');
    kiosk.raise('officer', {
      nameToCall: 'Opfundet',
      isPersonHere: 'yes',
      company: 'alone',
      isUnder18: true,
    });
    const { reportId, reference } = report;
    kiosk.raise('urgent-report', { report: { reportId, reference } });
    kiosk.raise('card', { card: 'quiet-room' });
    kiosk.raise('interpreter', { wantedLanguage: 'ti' });
    await vi.waitUntil(() => document.querySelectorAll('[data-alert]').length === 5, until);
    expect(textOf('[data-kind="interpreter"]')).toContain('Tolk: tigrinya');
    expect(textOf('[data-kind="officer"]')).toMatch(/Opfundet[^]*er her[^]*alene[^]*under 18/);
    expect(textOf('[data-kind="card"]')).toContain('roligt rum');
    await isUsable();
    expect([...i18n.missing.keys()]).toEqual([]);
    await press('[data-kind="urgent-report"] [data-desk-action="take-alert"]');
    await seen(`[data-open-report="${reportId}"]`);
  });

  test('an empty one is one calm sentence; a long one has "show more"', async () => {
    const { kiosk } = await openDesk({ reports: [] });
    await signIn();
    await vi.waitUntil(() => textOf('.list').includes('Ingen venter'), until);
    await isUsable();
    expect(kiosk.calls).toContain('queue');
  });

  test('"show more" brings the older ones', async () => {
    await openDesk({ reports: fakeReports(9) });
    await signIn();
    await press('[data-desk-action="more"]');
    await vi.waitUntil(() => document.querySelectorAll('[data-report]').length === 12, until);
    await isUsable();
  });

  test('a kiosk sealed for another desk: said in words, and nothing is fetched', async () => {
    const { kiosk } = await openDesk({ isDemonstration: false });
    await signIn();
    await seen('[data-keys="foreign"]');
    await isUsable();
    await press('[data-desk-action="open"]');
    await seen('[data-report-view="unreadable"]');
    expect(textOf('article')).toMatch(/\d{4} \d{4} \d{4}/);
    expect(kiosk.opened).toEqual([]);
    await isUsable();
  });
});

describe('an open report', () => {
  test('Danish beside the own words; hidden signs are shown, contact waits for a touch', async () => {
    await openDesk();
    await signIn();
    await openFirstReport();
    const story = await seen('[data-question="what-happened"] bdi');
    expect(story.dir).toBe('rtl');
    expect(story.textContent).toContain('U+202E');
    expect(story.textContent).not.toContain('\u202e');
    expect(textOf('[data-question="things"]')).toContain('35 693803 564380 9');
    expect(textOf('[data-question="things"]')).toContain('٣٥٦٩٣٨٠٣٥٦٤٣٨٠٩');
    expect(textOf('[data-tag="interpreter"]')).toBe('Tolk: arabisk');
    expect(textOf('article')).not.toContain('22000001');
    await press('[data-desk-action="show-contact"]');
    await vi.waitUntil(() => textOf('[data-question="contact"]').includes('22000001'), until);
    await isUsable();
    await press('[data-desk-action="hide-contact"]');
    await vi.waitUntil(() => !textOf('article').includes('22000001'), until);
  });

  test('a CPR number is dots until somebody asks for it, and dots again in the next report', async () => {
    const { kiosk } = await openDesk();
    await signIn();
    await openFirstReport();
    const [first = '', second = ''] = kiosk.reportIds;
    await press(`[data-report="${second}"]`);
    await seen('[data-private="hidden"]');
    expect(textOf('article')).not.toMatch(/320190/);
    await isUsable();
    await press('[data-desk-action="show-private"]');
    await vi.waitUntil(() => textOf('[data-question="contact"]').includes('320190-0000'), until);
    // Who asked is noted, as for contact that is kept out of sight.
    expect(kiosk.calls.filter((call) => call === 'showContact')).toHaveLength(1);
    await press(`[data-report="${first}"]`);
    await vi.waitUntil(() => textOf('article').includes('IMEI'), until);
    await press(`[data-report="${second}"]`);
    await seen('[data-private="hidden"]');
    expect(textOf('article')).not.toMatch(/320190/);
  });

  test('questions without an answer are named once, beside the button that asks; a number is told once', async () => {
    const { kiosk } = await openDesk();
    await signIn();
    await openFirstReport();
    expect(document.querySelector('[data-question="proof"]')).toBeNull();
    expect(textOf('[data-missing]')).toMatch(/Ikke besvaret Beviser/);
    expect(textOf('article').match(/Beviser/g)).toHaveLength(1);
    expect(textOf('[data-question="things"]').match(/4417/g)).toHaveLength(1);
    await press(`[data-report="${kiosk.reportIds[1] ?? ''}"]`);
    await vi.waitUntil(() => textOf('[data-missing]').includes('Cyklen, Vidner, Beviser'), until);
  });

  test('finishing takes two steps; a double click answers nothing, and another report has not been asked about', async () => {
    const { kiosk } = await openDesk({}, 1280, 720);
    await signIn();
    await openFirstReport();
    await press('[data-desk-action="claim"]');
    await page.elementLocator(await seen('[data-desk-action="finish"]')).dblClick();
    await seen('[data-desk-action="finish-confirmed"]');
    await isUsable();
    await press('[data-desk-action="finish-cancelled"]');
    await press('[data-desk-action="finish"]');
    await seen('[data-desk-action="finish-confirmed"]');
    for (const reportId of [kiosk.reportIds[1], kiosk.reportIds[0]]) {
      await press(`[data-report="${reportId ?? ''}"]`);
      await seen(`[data-report-view="open"] [data-open-report="${reportId ?? ''}"]`);
    }
    await seen('[data-desk-action="finish"]');
    expect(document.querySelector('[data-desk-action="finish-confirmed"]')).toBeNull();
    expect(kiosk.calls).not.toContain('finish');
    await press('[data-desk-action="finish"]');
    await press('[data-desk-action="finish-confirmed"]');
    await vi.waitUntil(() => kiosk.calls.includes('finish'), until);
  });

  test('a message about printing says which slip it was and moves no line of the table', async () => {
    const { kiosk } = await openDesk();
    await signIn();
    await press(`[data-report="${kiosk.reportIds[1] ?? ''}"]`);
    await seen('[data-report-view="open"] [data-question]');
    const heightOf = (): number | undefined => document.querySelector('.answers')?.clientHeight;
    const before = heightOf();
    await press('[data-desk-action="reprint-discreet"]');
    await vi.waitUntil(() => textOf('.said').includes('Den diskrete kopi er udskrevet'), until);
    expect(heightOf()).toBe(before);
    await isUsable();
  });

  test('a double click takes the report and does not finish it; the lock leaves no word of it', async () => {
    await openDesk();
    await signIn();
    await openFirstReport();
    await page.elementLocator(await seen('[data-desk-action="claim"]')).dblClick();
    await press('[data-desk-action="finish"]');
    await press('[data-desk-action="finish-confirmed"]');
    await vi.waitUntil(() => document.querySelector('[data-desk-action="finish"]') === null, until);
    await press('[data-desk-action="lock"]');
    await screen('desk-sign-in');
    expect(textOf('body')).not.toContain('هاتفي');
    expect(document.documentElement.outerHTML).not.toContain('سامسونغ');
  });

  test('somebody was quicker: the pane says who has it now, and offers to take over', async () => {
    const { kiosk } = await openDesk();
    await signIn();
    await openFirstReport();
    const [reportId] = kiosk.reportIds;
    if (reportId === undefined) throw new Error('no report');
    kiosk.somebodyElse(reportId, { state: 'claimed', claimedBy: 'B. Opfundet' });
    await press('[data-desk-action="claim"]');
    await seen('[data-desk-action="take-over"]');
    expect(textOf('.said')).toContain('B. Opfundet har rapporten nu');
    await isUsable();
  });

  test('"I am going out there" takes the call by name', async () => {
    const { kiosk } = await openDesk();
    await signIn();
    const alert = kiosk.raise('staff-now');
    await press(`[data-alert="${alert.alertId}"] [data-desk-action="take-alert"]`);
    await seen(`[data-alert="${alert.alertId}"][data-state="taken"]`);
    expect(textOf(`[data-alert="${alert.alertId}"]`)).toContain('Taget af A. Opfundet · kl. 14.53');
    expect(document.querySelector('[data-desk-action="take-alert"]')).toBeNull();
    await isUsable();
  });
});
