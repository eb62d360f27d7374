import { rm } from 'node:fs/promises';
import path from 'node:path';
import type { Configuration } from 'electron-builder';

const runtime = process.env['ELECTRON_DIST'];

const config: Configuration = {
  appId: 'skranke.kiosk',
  productName: 'Skranke',
  electronVersion: '45.4.1',
  ...(runtime === undefined ? {} : { electronDist: runtime }),
  directories: { output: 'release', buildResources: 'resources/packaging' },
  files: [
    'out/{main,preload,renderer}/**',
    'package.json',
    'LICENSE',
    'NOTICE',
    'resources/{content,fonts,locales,recordings}/**',
    'db/migrations/*.sql',
    'src-district/migrations/*.sql',
    '!**/*.map',
    '!**/node_modules/**/*.{md,d.ts,d.mts,d.cts,ts,mts,cts}',
    '!**/node_modules/**/{test,tests,example,examples,docs,benchmarks,fixtures}/**',
    '!node_modules/better-sqlite3/{deps,src}/**',
    '!node_modules/better-sqlite3/prebuilds/!(${platform}-${arch}.node)',
    // The four faces the slip is set in are copied to resources/fonts.
    '!node_modules/@expo-google-fonts/**',
  ],
  asar: { smartUnpack: false },
  // A native module is mapped by the system's loader, which cannot look into an archive.
  asarUnpack: ['**/*.node'],
  npmRebuild: false,
  electronLanguages: ['en-US', 'da', 'ar'],
  // Archive integrity has no effect on Linux, where the system's own package check has to do it; on costs nothing.
  electronFuses: {
    runAsNode: false,
    enableNodeOptionsEnvironmentVariable: false,
    enableNodeCliInspectArguments: false,
    enableCookieEncryption: true,
    onlyLoadAppFromAsar: true,
    enableEmbeddedAsarIntegrityValidation: true,
    grantFileProtocolExtraPrivileges: false,
  },
  // Electron's own start page travels with the runtime and would be one more thing to load.
  afterPack: (context) => rm(path.join(context.appOutDir, 'resources', 'default_app.asar'), { force: true }),
  // Debs are made from this folder by test/tools/package.ts, one way on every machine.
  linux: {
    target: [{ target: 'dir', arch: ['x64', 'arm64'] }],
    category: 'Utility',
    executableName: 'skranke',
    maintainer: 'Skranke <skranke@example.invalid>',
  },
  win: { target: [{ target: 'nsis', arch: ['x64'] }], executableName: 'skranke' },
  // For the whole machine, by IT: nobody at the terminal chooses a folder or starts it by a link.
  nsis: {
    oneClick: false,
    perMachine: true,
    allowElevation: true,
    allowToChangeInstallationDirectory: false,
    createDesktopShortcut: false,
    createStartMenuShortcut: false,
    runAfterFinish: false,
    deleteAppDataOnUninstall: false,
  },
};

export default config;
