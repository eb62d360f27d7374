import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdir, readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';

/** Packages of ours and nothing else: what else this machine is kept up to date with is not a kiosk's business. */
export interface Packages {
  /** Asks the repository anew. @throws CommandFailed */
  refresh(): Promise<void>;
  /** Version of a package on this machine; null: not installed. */
  installed(name: string): Promise<string | null>;
  /** The newest version that the repository has; null: none. */
  newest(name: string): Promise<string | null>;
  /** Fetches one version and answers its file; null: nobody has it any more. */
  fetch(name: string, version: string): Promise<string | null>;
  isNewer(version: string, than: string): Promise<boolean>;
  /** Installs files, newer or older than what is there, and mends what an interrupted run left. @throws CommandFailed */
  install(files: readonly string[]): Promise<void>;
  /** Forgets fetched files but those of these versions. */
  keepOnly(versions: readonly string[]): Promise<void>;
}

/** A program of the system that said no. */
export class CommandFailed extends Error {
  override readonly name = 'CommandFailed';
}

const minutes = 60_000;

/** @throws CommandFailed with the last line it wrote. */
export function runProgram(command: string, args: readonly string[], cwd = '/'): Promise<string> {
  return new Promise((resolve, reject) => {
    const options = { cwd, timeout: 30 * minutes, maxBuffer: 32 * 1024 * 1024, env: quiet };
    execFile(command, args, options, (error, out, err) => {
      if (error === null) resolve(out);
      else
        reject(
          new CommandFailed(`${command}: ${(err.trim() || out.trim()).split('\n').at(-1) ?? error.message}`),
        );
    });
  });
}

/** Nobody is there to answer a question. */
const quiet = {
  PATH: '/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin',
  LC_ALL: 'C.UTF-8',
  DEBIAN_FRONTEND: 'noninteractive',
};

const ownSources = [
  ...['-o', 'Dir::Etc::sourcelist=/etc/apt/sources.list.d/skranke.sources'],
  ...['-o', 'Dir::Etc::sourceparts=-', '-o', 'APT::Get::List-Cleanup=0', '-o', 'DPkg::Lock::Timeout=120'],
];

async function install(files: readonly string[]): Promise<void> {
  // What IT changed in /etc stays; what an earlier run left half is finished first.
  const keep = ['--force-confdef', '--force-confold', '--force-downgrade'];
  await runProgram('dpkg', [...keep, '--configure', '--pending']).catch(() => undefined);
  await runProgram('dpkg', [...keep, '--install', ...files]);
}

async function keepOnly(folder: string, versions: readonly string[]): Promise<void> {
  if (!existsSync(folder)) return;
  for (const name of await readdir(folder))
    if (!versions.some((version) => name.includes(`_${version}_`)))
      await rm(join(folder, name), { force: true });
}

/** apt and dpkg of this machine; `cacheDir` keeps the files that lead back. */
export function debianPackages(cacheDir: string): Packages {
  const fileOf = (name: string, version: string): string =>
    join(cacheDir, `${name}_${version.replace(':', '%3a')}_amd64.deb`);
  const firstWord = (text: string, pattern: RegExp): string | null => {
    const found = pattern.exec(text)?.[1] ?? '(none)';
    return found === '(none)' ? null : found;
  };
  return {
    refresh: async () => {
      await runProgram('apt-get', ['update', '--quiet', '--error-on=any', ...ownSources]);
    },
    installed: async (name) => {
      const asked = runProgram('dpkg-query', ['--show', '--showformat=${db:Status-Abbrev}${Version}', name]);
      return firstWord(await asked.catch(() => ''), /^ii\s*(\S+)/);
    },
    newest: async (name) =>
      firstWord(await runProgram('apt-cache', [...ownSources, 'policy', name]), /Candidate: (\S+)/),
    fetch: async (name, version) => {
      const file = fileOf(name, version);
      if (existsSync(file)) return file;
      await mkdir(cacheDir, { recursive: true, mode: 0o755 });
      const asked = runProgram('apt-get', [...ownSources, 'download', `${name}=${version}`], cacheDir);
      await asked.catch((error: unknown) => {
        if (!(error instanceof CommandFailed)) throw error;
      });
      return existsSync(file) ? file : null;
    },
    isNewer: async (version, than) =>
      runProgram('dpkg', ['--compare-versions', version, 'gt', than]).then(
        () => true,
        () => false,
      ),
    install,
    keepOnly: (versions) => keepOnly(cacheDir, versions),
  };
}
