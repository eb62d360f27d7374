import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import type { VisitorContent } from '../../src-main/contract/content.ts';
import { readDistrictCopies, waitForDistrict } from '../helpers/district-copy.ts';
import { runSkranke } from '../helpers/kiosk-process.ts';
import { connectVisitor } from '../helpers/rpc-client.ts';
import { makeSubmission } from '../helpers/submissions.ts';
import { useLobby } from '../helpers/lobby.ts';
import type { VisitDriver } from '../helpers/visit-driver.ts';

/* People whom a form does not fit: no common language, no voice, or the one they fear beside them. */

const lobby = useLobby();

/** The page waits by its own clock, so that is what is moved on. */
async function waitUntilIdle(visit: VisitDriver): Promise<void> {
  await visit.page.evaluate(() => {
    const now = performance.now.bind(performance);
    performance.now = () => now() + 95_000;
  });
  await visit.on('idle');
}

it('a touch on the idle warning presses nothing of the page beneath, wherever it falls', async () => {
  const visit = await lobby.comeIn();
  await visit.touch('[data-language="en"]');
  await visit.on('home');
  await waitUntilIdle(visit);
  const box = await visit.page.locator('[data-action="extend"]').boundingBox();
  if (box === null) throw new Error('the warning has no button');
  await visit.page.touchscreen.tap(box.x + box.width / 2, box.y + box.height / 2);
  await visit.page.locator('[data-screen]:not([data-screen="idle"])').first().waitFor();
  // The events that a browser makes of a touch afterwards have come by the second frame.
  await visit.page.evaluate(
    () => new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve))),
  );
  expect((await visit.screen()).name).toBe('home');
  expect(await visit.page.locator('[data-alert-words]').count()).toBe(0);
});

const words = (visit: VisitDriver, said: string) =>
  visit.page.locator(`[data-alert-words="${said}"]`).first().waitFor({ timeout: 90_000 });

/** Fonts that Chromium took from this machine for these names, and not from the page: another machine lacks them. */
async function borrowedFonts(visit: VisitDriver, selector: string): Promise<string[]> {
  const { page } = visit;
  await page.evaluate(() => document.fonts.ready.then(() => undefined));
  const session = await page.context().newCDPSession(page);
  await session.send('DOM.enable');
  await session.send('CSS.enable');
  const { root } = await session.send('DOM.getDocument');
  const { nodeIds } = await session.send('DOM.querySelectorAll', { nodeId: root.nodeId, selector });
  const borrowed: string[] = [];
  for (const nodeId of nodeIds) {
    const { fonts } = await session.send('CSS.getPlatformFontsForNode', { nodeId });
    for (const font of fonts) if (!font.isCustomFont) borrowed.push(font.familyName);
  }
  await session.detach();
  return [...borrowed, ...(nodeIds.length === 0 ? [`nothing at ${selector}`] : [])];
}

describe('my language is not here', () => {
  it('each name is drawn with letters that come along; Tigrinya is touched, found at the desk, and answered', async () => {
    const desk = await lobby.sitAtDesk();
    const visit = await lobby.comeIn();
    await visit.touch('[data-language="other"]');
    await visit.on('languages');
    const pages = await visit.page
      .locator('[data-language-page]')
      .evaluateAll((chips) => chips.map((chip) => chip.getAttribute('data-language-page') ?? ''));
    expect(pages.length).toBeGreaterThan(3);
    for (const id of pages) {
      await visit.touch(`[data-language-page="${id}"]`);
      await visit.page.locator(`[data-language-page="${id}"][aria-pressed="true"]`).waitFor();
      expect.soft(await borrowedFonts(visit, '[data-wanted-language] b'), id).toEqual([]);
    }
    await visit.touch('[data-language-page="other"]');
    await visit.touch('[data-wanted-language="ti"]');
    await visit.on('interpreter');
    await words(visit, 'telling');
    await desk.page.locator('[data-alert][data-kind="interpreter"]', { hasText: 'tigrinya' }).waitFor();
    await desk.act('take-alert');
    await words(visit, 'coming');
  });

  it('a report in English wishes for a Tigrinya interpreter; the desk reads the language in the queue', async () => {
    const desk = await lobby.sitAtDesk();
    const visit = await lobby.comeIn();
    await visit.goToTypes('en');
    await visit.chooseType('stolen-things');
    await visit.skipTo('help');
    await visit.choose('interpreter');
    await visit.action('interpreter-language');
    await visit.on('languages');
    await visit.touch('[data-language-page="other"]');
    await visit.touch('[data-wanted-language="ti"]');
    await visit.page.locator('[data-question="help"] [data-wished="ti"]').waitFor();
    await visit.next('help');
    await visit.choose('anonymous');
    await visit.next('contact');
    const reference = await visit.submit();
    await desk.page.locator('[data-report] [data-flag="interpreter"]', { hasText: 'tigrinya' }).waitFor();
    const kept = await waitForDistrict(['--data-dir', lobby.dataDir()], reference);
    expect(kept.summary).toMatchObject({ language: 'en', interpreterLanguage: 'ti' });
  });
});

describe('the one somebody fears is here', () => {
  it('one touch tells the desk and leaves opening hours on the screen', async () => {
    const desk = await lobby.sitAtDesk();
    const visit = await lobby.comeIn();
    await visit.touch('[data-language="da"]');
    await visit.touch('[data-door="report"]');
    await visit.action('continue');
    await visit.touch('[data-gate="danger"] [data-gate-answer="none"]');
    await visit.touch('[data-gate="force"] [data-gate-answer="fear"]');
    await visit.on('officer');
    await visit.touch('[data-fact="company"][data-choice="alone"]');
    await visit.action('person-here');
    await visit.on('officer-waiting');
    await visit.page.locator('[data-screen="officer-waiting"] [data-day]').first().waitFor();
    const alert = desk.page.locator('[data-alert][data-kind="officer"]').first();
    await alert.locator('[data-near="yes"]').waitFor();
    await alert.locator('[data-company="alone"]').waitFor();
    await desk.act('take-alert');
    await words(visit, 'coming');
  });
});

/** An answer of content that raises a flag, as a screen would send it. */
function answerWith(content: VisitorContent, flag: string) {
  for (const type of content.reportTypes)
    for (const question of type.questions)
      if (question.kind === 'choice' && question.showIf === null)
        for (const option of question.options)
          if (option.flag === flag)
            return {
              reportType: type.id,
              answers: [
                {
                  questionId: question.id,
                  answer: { kind: 'choice' as const, codes: [option.code], note: '' },
                },
              ],
            };
  throw new Error(`no answer raises ${flag}`);
}

describe('a report that cannot wait, and one that hides where somebody lives', () => {
  it('calls the desk; taking the call opens the report', async () => {
    const desk = await lobby.sitAtDesk();
    const { api, socket } = await connectVisitor(lobby.kiosk().ready.kiosk);
    const { content } = await api.welcome({});
    const { reportId } = await api.submit(makeSubmission(answerWith(content, 'urgent')));
    await desk.page.locator('[data-alert][data-kind="urgent-report"]').first().waitFor();
    await desk.page.locator('[data-kind="urgent-report"] [data-desk-action="take-alert"]').first().click();
    await desk.page.locator(`[data-open-report="${reportId}"]`).waitFor({ timeout: 60_000 });
    socket.close();
  });

  it('is listed by the district without its contact, until somebody asks for that by name', async () => {
    const { api, socket } = await connectVisitor(lobby.kiosk().ready.kiosk);
    const contact = {
      kind: 'named' as const,
      name: 'Zoqa',
      phone: '22000001',
      email: '',
      address: 'Zoqavej 1',
      safeContact: '',
      asksProtection: true,
      forWhom: 'me' as const,
    };
    const answers = [{ questionId: 'contact', answer: { kind: 'contact' as const, contact } }];
    const { reference } = await api.submit(makeSubmission({ answers }));
    socket.close();
    const place = ['--data-dir', lobby.dataDir()];
    expect(JSON.stringify(await waitForDistrict(place, reference))).toContain('Zoqavej 1');
    const listed = await runSkranke(['district', 'reports', '--open', ...place]);
    expect(listed.out).toContain(reference);
    // Only what was opened: among so many random letters of the seals any short name stands sooner or later.
    const opened = listed.out
      .trim()
      .split('\n')
      .map((line) => JSON.stringify(z.object({ report: z.unknown() }).parse(JSON.parse(line)).report));
    expect(opened.some((report) => report.includes(reference))).toBe(true);
    expect(opened.join()).not.toMatch(/zoqa|22000001/i);
    const shown = await runSkranke(['district', 'reports', '--open', '--show-contact', ...place]);
    expect(shown.err).toContain('contact-shown');
    expect(await readDistrictCopies(place)).not.toEqual([]);
  });
});
