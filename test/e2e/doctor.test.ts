import { mkdir, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import Sqlite from 'better-sqlite3';
import { expect, it } from 'vitest';
import { z } from 'zod';
import { makeDataDir, runSkranke, startKiosk } from '../helpers/kiosk-process.ts';
import { connectVisitor } from '../helpers/rpc-client.ts';
import { makeSubmission } from '../helpers/submissions.ts';

const diagnosisSchema = z.strictObject({
  ok: z.boolean(),
  checks: z.array(
    z.strictObject({
      id: z.string(),
      state: z.enum(['ok', 'warn', 'fail', 'skipped']),
      message: z.string(),
      fix: z.string().nullable(),
    }),
  ),
});

it('IT looks a kiosk over while it runs and after it stopped; monitoring asks how it is', async () => {
  const folder = await makeDataDir();
  const data = join(folder.path, 'data');
  await mkdir(data);
  const place = ['--data-dir', data];
  const kiosk = await startKiosk(data);
  const { api, socket } = await connectVisitor(kiosk.ready.kiosk);
  await api.submit(makeSubmission());
  socket.close();

  const status = await runSkranke(['status', ...place, '--json']);
  expect(status).toMatchObject({ code: 0, err: '' });
  expect(JSON.parse(status.out)).toMatchObject({
    ...{ ok: true, running: true, kioskId: '00-000', canReport: true, canSeal: true },
    ...{ printer: { state: 'ready' }, delivery: { stopped: null } },
  });

  const looked = await runSkranke(['doctor', ...place, '--json']);
  const { ok, checks } = diagnosisSchema.parse(JSON.parse(looked.out));
  const worst = checks.some(({ state }) => state === 'fail')
    ? 2
    : checks.some(({ state }) => state === 'warn')
      ? 1
      : 0;
  expect([looked.code, ok]).toEqual([worst, worst === 0]);
  const find = (id: string) => checks.find((check) => check.id === id);
  expect(find('database')).toMatchObject({ state: 'ok', message: expect.stringContaining('Reports: 1') });
  expect(find('seal')?.message).toContain('The kiosk sealed a probe');
  expect(await readdir(join(data, 'copies'))).toEqual([]);

  // For a person it is told as it is found, each with what to do.
  const told = await runSkranke(['doctor', ...place]);
  expect(told.code).toBe(looked.code);
  for (const { id, message } of checks.filter(({ id }) => id !== 'clock' && id !== 'disk'))
    expect(told.out).toContain(`${id.padEnd(16)} ${message}`);
  expect(await runSkranke(['doctor', ...place, '--print'])).toMatchObject({ code: 2 });

  expect(await kiosk.stop()).toBe(0);
  expect(await runSkranke(['status', ...place, '--json'])).toMatchObject({
    code: 1,
    out: `${JSON.stringify({ ok: false, running: false })}\n`,
  });
  const alone = diagnosisSchema.parse(JSON.parse((await runSkranke(['doctor', ...place, '--json'])).out));
  expect(alone.checks.find(({ id }) => id === 'database')?.state).toBe('ok');
  // Looking is not taking: the log names no backup.
  const database = new Sqlite(join(data, 'skranke.db'), { readonly: true });
  expect(database.prepare("SELECT count(*) FROM audit WHERE action = 'backup-made'").pluck().get()).toBe(0);
  database.close();
  await folder.remove();
}, 400_000);
