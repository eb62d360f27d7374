import { spawn, spawnSync } from 'node:child_process';
import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { freePort } from './free-port.ts';

const pdfDriver = '/usr/share/ppd/cups-pdf/CUPS-PDF_opt.ppd';
/** Where cups-pdf leaves what it "prints" for a user it does not know. */
const pdfFolder = '/var/spool/cups-pdf/ANONYMOUS';

/** CUPS itself, with a folder and a port of its own. */
export interface Cups {
  /** A queue before a device; `ipp://…` finds its driver by itself. */
  addQueue(name: string, deviceUri: string): string;
  pause(name: string): void;
  resume(name: string): void;
  refuseJobs(name: string): void;
  /** Hands a file to a queue as another program would. */
  hand(name: string, title: string, file: string): void;
  /** What the PDF printer made of jobs whose title holds this. */
  printed(title: string): readonly Buffer[];
  stop(): Promise<void>;
}

const files = (dir: string): string => `
ServerRoot ${dir}/root
RequestRoot ${dir}/spool
TempDir ${dir}/spool/tmp
StateDir ${dir}/state
CacheDir ${dir}/cache
ErrorLog ${dir}/error
AccessLog ${dir}/access
PageLog ${dir}/page
SystemGroup root
Sandboxing relaxed
`;

const settings = (port: number): string => `
Listen 127.0.0.1:${port}
Browsing No
WebInterface No
DefaultAuthType None
PreserveJobFiles No
<Location />
Order allow,deny
Allow all
</Location>
<Location /admin>
Order allow,deny
Allow all
</Location>
<Policy default>
<Limit All>
Order allow,deny
Allow all
</Limit>
</Policy>
`;

export async function startCups(): Promise<Cups> {
  const dir = mkdtempSync(join(tmpdir(), 'skranke-cups-'));
  // Its filters run as another user.
  chmodSync(dir, 0o755);
  for (const folder of ['root/ppd', 'spool/tmp', 'state', 'cache'])
    mkdirSync(join(dir, folder), { recursive: true });
  const port = await freePort();
  const [fileConf, conf] = [join(dir, 'cups-files.conf'), join(dir, 'cupsd.conf')];
  writeFileSync(fileConf, files(dir));
  writeFileSync(conf, settings(port));
  const child = spawn('cupsd', ['-f', '-c', conf, '-s', fileConf], { stdio: 'ignore' });
  const ended = new Promise<void>((resolve) => child.once('exit', () => resolve()));
  const host = `127.0.0.1:${port}`;
  const run = (command: string, ...args: string[]): void => {
    const done = spawnSync(command, ['-h', host, ...args], { encoding: 'utf8', timeout: 60_000 });
    if (done.status !== 0) throw new Error(`${command} ${args.join(' ')}: ${done.stderr}`);
  };
  const stop = async (): Promise<void> => {
    child.kill();
    await ended;
    rmSync(dir, { recursive: true, force: true });
  };
  const giveUp = AbortSignal.timeout(30_000);
  while (!spawnSync('lpstat', ['-h', host, '-r'], { encoding: 'utf8' }).stdout.includes('is running')) {
    if (giveUp.aborted) {
      await stop();
      throw new Error('cupsd does not start');
    }
    await delay(50);
  }
  return {
    addQueue(name, deviceUri) {
      const driver = deviceUri.startsWith('ipp') ? ['-m', 'everywhere'] : ['-P', pdfDriver];
      run('lpadmin', '-p', name, '-v', deviceUri, ...driver, '-E');
      return `ipp://${host}/printers/${name}`;
    },
    pause: (name) => run('cupsdisable', name),
    resume: (name) => run('cupsenable', name),
    refuseJobs: (name) => run('cupsreject', name),
    hand: (name, title, file) => run('lp', '-d', name, '-U', 'skranke', '-t', title, file),
    printed: (title) =>
      (existsSync(pdfFolder) ? readdirSync(pdfFolder) : [])
        .filter((name) => name.includes(title))
        .map((name) => readFileSync(join(pdfFolder, name))),
    stop,
  };
}
