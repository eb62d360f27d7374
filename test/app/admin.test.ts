import { once } from 'node:events';
import { createConnection } from 'node:net';
import { expect, it } from 'vitest';
import { adminSocketPath, askRunningKiosk, serveAdmin } from '../../src-main/app/admin.ts';
import { makeDataDir } from '../helpers/kiosk-process.ts';

it('a kiosk that stops waits for no command that IT left hanging', async () => {
  const folder = await makeDataDir();
  const door = await serveAdmin(folder.path, () => Promise.resolve({ answer: 'staff', staff: [] }));
  expect(await askRunningKiosk(folder.path, { ask: 'list-staff' })).toEqual({ answer: 'staff', staff: [] });
  const silent = createConnection(adminSocketPath(folder.path));
  await once(silent, 'connect');
  const hungUp = once(silent, 'close');
  silent.resume();
  await door.close();
  await hungUp;
  expect(await askRunningKiosk(folder.path, { ask: 'list-staff' })).toBeNull();
  await folder.remove();
});
