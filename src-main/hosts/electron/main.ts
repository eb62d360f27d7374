import path from 'node:path';
import { startShell } from './shell.ts';

/* Entry of the package. Built, the three stand beside each other under out/. */
const here = import.meta.dirname;

// Not awaited: Electron becomes ready only after this module has run to its end.
void startShell(process.argv.slice(1), {
  rendererDir: path.join(here, '..', 'renderer'),
  preload: path.join(here, '..', 'preload', 'preload.cjs'),
  servicesProgram: path.join(here, 'services-process.js'),
});
