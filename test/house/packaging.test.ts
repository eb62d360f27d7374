import { readFileSync, readdirSync } from 'node:fs';
import path from 'node:path';
import { Arch, Packager, Platform } from 'electron-builder';
import { expect, it } from 'vitest';
import { projectRoot } from '../helpers/kiosk-process.ts';

const inRoot = (...parts: readonly string[]): string => path.join(projectRoot, ...parts);
const read = (...parts: readonly string[]): string => readFileSync(inRoot(...parts), 'utf8');

it('the packager accepts its configuration for Linux on both processors and for Windows', async () => {
  const packager = new Packager({
    projectDir: projectRoot,
    config: 'electron-builder.config.ts',
    targets: new Map([
      [Platform.LINUX, new Map<Arch, string[]>([[Arch.arm64, ['dir']]])],
      [Platform.WINDOWS, new Map<Arch, string[]>([[Arch.x64, ['nsis']]])],
    ]),
  });
  await packager.validateConfig();
  const { config } = packager;
  expect(config.linux?.target).toEqual([{ target: 'dir', arch: ['x64', 'arm64'] }]);
  expect(config.win?.target).toEqual([{ target: 'nsis', arch: ['x64'] }]);
  // By IT, for the whole machine; what is uninstalled leaves the reports.
  expect(config.nsis).toMatchObject({ oneClick: false, perMachine: true, deleteAppDataOnUninstall: false });
  // One native library per target: the one of that system and processor, and there is one.
  expect(JSON.stringify(config.files)).toContain('prebuilds/!(${platform}-${arch}.node)');
  const natives = readdirSync(inRoot('node_modules/better-sqlite3/prebuilds'));
  expect(natives).toEqual(expect.arrayContaining(['linux-x64.node', 'linux-arm64.node', 'win32-x64.node']));
});

it('units, policy and wrapper speak of the same address, folder and file', () => {
  const tree = ['resources', 'packaging', 'node', 'tree'] as const;
  const unit = read(...tree, 'usr/lib/systemd/system/skranke.service');
  const port = /--port (\d+)/.exec(unit)?.[1] ?? '';
  const policy = JSON.parse(read(...tree, 'etc/chromium/policies/managed/skranke.json'));
  expect(policy.URLAllowlist).toEqual([`http://127.0.0.1:${port}`]);
  const address = /--address-file (\S+)/.exec(unit)?.[1] ?? '';
  expect(read(...tree, 'usr/libexec/skranke-screen')).toContain(address);
  expect(read(...tree, 'usr/lib/tmpfiles.d/skranke.conf')).toContain(
    `d ${path.dirname(address)} 2750 skranke skranke-screen`,
  );
  const { dataDir } = JSON.parse(read(...tree, 'etc/skranke/config.json'));
  for (const file of ['usr/lib/tmpfiles.d/skranke.conf', 'usr/bin/skranke'])
    expect(read(...tree, file)).toContain(dataDir);
});
