import { readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { makeDataDir, runSkranke, startKiosk } from '../helpers/kiosk-process.ts';
import { connectVisitor } from '../helpers/rpc-client.ts';
import { makeSubmission } from '../helpers/submissions.ts';

/*
 * A visitor typed a word that is nowhere else, a member of staff has a name that is nowhere else. Whoever helps IT reads
 * neither, nor the number of the report.
 */
it('a support bundle says how the kiosk is, and nothing of anybody', async () => {
  const folder = await makeDataDir();
  const data = join(folder.path, 'data');
  const place = ['--data-dir', data];
  const kiosk = await startKiosk(data);
  const words = ['zqkanariefugl', 'zqbruger', 'Zqfornavn Zqefternavn'];
  const added = await runSkranke([
    'staff',
    'add',
    'zqbruger',
    '--name',
    'Zqfornavn Zqefternavn',
    ...place,
    '--json',
  ]);
  expect(added.code).toBe(0);
  const { api, socket } = await connectVisitor(kiosk.ready.kiosk);
  const submission = makeSubmission({
    answers: [{ questionId: 'what-happened', answer: { kind: 'text', text: 'zqkanariefugl' } }],
  });
  const { reference } = await api.submit(submission);
  socket.close();

  const bundle = join(folder.path, 'bundle.json');
  const made = await runSkranke(['support-bundle', bundle, ...place]);
  expect(made, made.err).toMatchObject({ code: 0 });
  const text = await readFile(bundle, 'utf8');
  for (const word of [...words, reference, submission.reportId]) {
    expect(text.toLowerCase()).not.toContain(word.toLowerCase());
    expect(made.out).not.toContain(word);
  }
  expect((await stat(bundle)).mode & 0o077).toBe(0);
  expect(JSON.parse(text)).toMatchObject({
    checks: expect.arrayContaining([expect.objectContaining({ id: 'database', state: 'ok' })]),
    kiosk: [
      { answer: 'station', station: { kioskId: '00-000' } },
      { answer: 'printer' },
      { answer: 'delivery' },
      {
        answer: 'recent-log',
        events: expect.arrayContaining([expect.objectContaining({ event: 'opened' })]),
      },
    ],
  });
  // The search itself: the names are where they belong.
  expect((await runSkranke(['staff', 'list', ...place])).out).toContain('Zqfornavn Zqefternavn');
  expect(await runSkranke(['support-bundle', bundle, ...place])).toMatchObject({ code: 2 });
  expect(await readFile(bundle, 'utf8')).toBe(text);
  expect(await kiosk.stop()).toBe(0);
  await folder.remove();
}, 300_000);
