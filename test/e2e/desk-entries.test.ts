import { readdir, readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it, vi } from 'vitest';
import { z } from 'zod';
import { entryContentSchema } from '../../src-main/contract/entry.ts';
import { findViolations } from '../helpers/axe.ts';
import type { DeskDriver } from '../helpers/desk-driver.ts';
import { runSkranke } from '../helpers/kiosk-process.ts';
import { useLobby } from '../helpers/lobby.ts';
import { readPin } from '../helpers/pin.ts';
import { connectVisitor } from '../helpers/rpc-client.ts';
import { makeSubmission } from '../helpers/submissions.ts';

/*
 * Two colleagues, each in a browser of their own, work on one report at once. What they add reaches the district, which
 * opens it with its key; the kiosk between them holds nothing that can be read.
 */

const lobby = useLobby();
const patience = { timeout: 90_000, interval: 250 };

const report = makeSubmission({
  language: 'ar',
  answers: [
    { questionId: 'what-happened', answer: { kind: 'text', text: 'سرق هاتفي في المحطة' } },
    {
      questionId: 'contact',
      answer: {
        kind: 'contact',
        contact: {
          kind: 'named',
          ...{ name: 'سلمى المثال', phone: '', email: '', address: 'شارع النموذج 3', safeContact: 'مساءً' },
          asksProtection: true,
          forWhom: 'me',
        },
      },
    },
  ],
});

const secrets = ['Ejeren har ringet', 'Set ved havnen', 'Modelvej 3', '0700-10241-00012-26'];

async function hire(userName: string, name: string, role: string): Promise<string> {
  const dataDir = lobby.dataDir();
  const added = await runSkranke([
    ...['staff', 'add', userName, '--name', name, '--role', role],
    ...['--data-dir', dataDir, '--json'],
  ]);
  if (added.code !== 0) throw new Error(added.err);
  return readPin(dataDir, userName);
}

async function sitDown(userName: string, pin: string): Promise<DeskDriver> {
  const desk = await lobby.comeToDesk();
  await desk.signIn(userName, pin);
  // What IT hands out opens the desk once.
  await desk.choosePin('fire gule cykler');
  await desk.on('desk-queue');
  await desk.open(report.reportId);
  return desk;
}

const field = (desk: DeskDriver, name: string) => desk.page.locator(`[data-field="${name}"]`);
const added = (desk: DeskDriver, kind: string) => desk.page.locator(`[data-timeline-item="${kind}"]`);

async function write(desk: DeskDriver, kind: string, text: string): Promise<void> {
  await desk.act(`entry-${kind}`);
  await field(desk, 'entry-text').fill(text);
  await desk.act('entry-save');
}

async function translate(desk: DeskDriver, questionId: string, text: string): Promise<void> {
  await desk.act('entry-translation');
  await field(desk, 'entry-question').selectOption(questionId);
  await field(desk, 'entry-made-by').fill('T. Opfundet');
  await field(desk, 'entry-text').fill(text);
  await desk.act('entry-save');
}

const copySchema = z.object({
  kept: z.object({
    review: z.object({ state: z.string() }).nullable(),
    entries: z.array(z.object({ kind: z.string(), addedBy: z.string() })),
  }),
  entries: z.array(z.object({ content: z.unknown() })),
});

/** The district's one copy, opened with its key by the command it uses. */
async function districtCopy(...options: readonly string[]): Promise<z.infer<typeof copySchema>> {
  const { out } = await runSkranke([
    'district',
    'reports',
    '--open',
    '--data-dir',
    lobby.dataDir(),
    ...options,
  ]);
  const [copy] = out.split('\n').filter((line) => line.startsWith('{'));
  return copySchema.parse(JSON.parse(copy ?? ''));
}

async function filesOf(folder: string): Promise<string[]> {
  const names = await readdir(folder, { recursive: true });
  const files: string[] = [];
  for (const name of names) if ((await stat(join(folder, name))).isFile()) files.push(join(folder, name));
  return files;
}

describe('two colleagues on one report', () => {
  it('each sees what the other adds, nothing is overwritten, the district opens all of it with its key, and the kiosk between them holds no word of it', async () => {
    const { api, socket } = await connectVisitor(lobby.kiosk().ready.kiosk);
    await api.submit(report);
    socket.close();
    const anna = await sitDown('anna', await hire('anna', 'Anna Opfundet', 'officer'));
    const bo = await sitDown('bo', await hire('bo', 'Bo Opdigtet', 'front-desk'));

    // Bo is in the middle of a note when Anna takes the report and writes one of her own.
    await bo.act('entry-note');
    await field(bo, 'entry-text').fill('Set ved havnen');
    await anna.act('claim');
    await anna.page.locator('[data-desk-action="finish"]').waitFor();
    await write(anna, 'note', 'Ejeren har ringet');
    await added(anna, 'note').waitFor();
    const news = bo.page.locator('[data-entry-news]');
    await news.filter({ hasText: 'Ejeren har ringet' }).waitFor();
    expect(await news.innerText()).toContain('Anna Opfundet');
    expect(await findViolations(bo.page)).toEqual([]);
    expect(await field(bo, 'entry-text').inputValue()).toBe('Set ved havnen');
    await bo.act('entry-save');
    await added(bo, 'note').nth(1).waitFor();
    await added(anna, 'note').nth(1).waitFor();

    // Bo may not reject; Anna translates, and what she read of hidden contact stays hidden at Bo's desk.
    expect(await bo.page.locator('[data-desk-action="entry-rejection"]').count()).toBe(0);
    await translate(anna, 'what-happened', 'Min telefon blev stjålet på stationen');
    await anna.page.locator('[data-translation="what-happened"]').waitFor();
    await anna.act('show-contact');
    await anna.page.locator('[data-desk-action="hide-contact"]').first().waitFor();
    await translate(anna, 'contact', 'Modelvej 3, om aftenen');
    await added(anna, 'translation').nth(1).waitFor();
    await bo.page.locator('[data-hidden-entry]').waitFor();
    expect(await bo.page.content()).not.toContain('Modelvej');
    await write(bo, 'journal-number', '0700-10241-00012-26');
    await anna.page.locator('[data-journal]').filter({ hasText: '0700-10241-00012-26' }).waitFor();

    // What was said is handed over on paper too, in the visitor's language, from the printer in the lobby.
    await anna.act('entry-rights-given');
    await anna.page.locator('[data-field="rights-item"][value="victim-support"]').check();
    await anna.page.locator('[data-field="rights-way"][value="both"]').check();
    await anna.act('print-leaflet');
    await anna.page.locator('[data-paper="printed"]').waitFor({ timeout: 60_000 });
    await anna.act('entry-save');
    await added(bo, 'rights-given').waitFor();

    await vi.waitFor(async () => {
      expect((await districtCopy()).entries).toHaveLength(6);
    }, patience);
    const shown = await districtCopy('--show-contact');
    expect(shown.kept.review?.state).toBe('claimed');
    expect(shown.kept.entries.map(({ kind, addedBy }) => `${kind} ${addedBy}`)).toEqual([
      'note Anna Opfundet',
      'note Bo Opdigtet',
      'translation Anna Opfundet',
      'translation Anna Opfundet',
      'journal-number Bo Opdigtet',
      'rights-given Anna Opfundet',
    ]);
    const contents = shown.entries.map(({ content }) => entryContentSchema.parse(content));
    expect(JSON.stringify(contents)).toContain('Modelvej 3, om aftenen');
    for (const secret of secrets) expect(JSON.stringify(contents)).toContain(secret);
    // A list that nobody asked contact of does not hold it, translated or not.
    const listed = JSON.stringify(await districtCopy());
    expect(listed).not.toContain('Modelvej');
    expect(listed).toContain('Ejeren har ringet');

    // Between the two and the district nothing of it can be read: not on the kiosk's disk, not in its log.
    const files = await filesOf(lobby.dataDir());
    expect(files.some((file) => file.endsWith('skranke.db'))).toBe(true);
    for (const file of files) {
      const bytes = await readFile(file);
      for (const secret of secrets) expect(bytes.includes(secret), `${secret} in ${file}`).toBe(false);
    }
    for (const secret of secrets) expect(lobby.kiosk().output()).not.toContain(secret);
  });
});
