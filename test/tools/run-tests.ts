import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { availableParallelism, tmpdir } from 'node:os';
import path from 'node:path';
import { chromiumPath } from '../helpers/tools.ts';
import { installNeeds } from './install-needs.ts';
import { root, runNode, type Ended } from './process.ts';
import { summarise, summaryLines, type Outcome, type Report } from './test-summary.ts';

/*
 * `npm test`. The kinds of tests run one after the other, so that the slow ones have the machine to themselves.
 * `npm test -- unit state` runs only those.
 */
const minutes = 60_000;
const projects = [
  { name: 'unit', limitMs: 12 * minutes, wantsChromium: false },
  { name: 'state', limitMs: 5 * minutes, wantsChromium: false },
  { name: 'browser', limitMs: 10 * minutes, wantsChromium: true },
  { name: 'faults', limitMs: 20 * minutes, wantsChromium: false },
  { name: 'e2e', limitMs: 25 * minutes, wantsChromium: true },
] as const;
const packageName = 'package';
/** Looks at what `package` made: installs it on a machine of its own. Five minutes, so only by its name. */
const terminal = { name: 'terminal', limitMs: 20 * minutes } as const;

const startedAt = performance.now();
const folder = mkdtempSync(path.join(tmpdir(), 'skranke-test-'));
const skipsFile = path.join(folder, 'skips.txt');
const skips: string[] = [];

const say = (line: string): void => void process.stdout.write(`${line}\n`);

function environment(): Record<string, string> {
  const chromium = chromiumPath();
  return {
    CI: 'true',
    NO_COLOR: '1',
    SKRANKE_SKIPS: skipsFile,
    ...(chromium === undefined ? {} : { CHROMIUM: chromium }),
  };
}

function readReport(file: string): Report | undefined {
  if (!existsSync(file)) return undefined;
  try {
    const report: Report = JSON.parse(readFileSync(file, 'utf8'));
    return report;
  } catch {
    return undefined;
  }
}

async function runProject(name: string, limitMs: number): Promise<Outcome> {
  const file = path.join(folder, `${name}.json`);
  const ended = await runNode(
    [
      path.join(root, 'node_modules', 'vitest', 'vitest.mjs'),
      ...['run', '--project', name, '--passWithNoTests', '--no-color'],
      // A container may see many cores and own two.
      `--maxWorkers=${Math.min(2, availableParallelism())}`,
      ...['--reporter=default', '--reporter=json', `--outputFile.json=${file}`],
      `--reporter=${path.join(root, 'test', 'tools', 'second-chance-reporter.ts')}`,
    ],
    { limitMs, env: environment() },
  );
  return summarise(name, readReport(file), ended, root);
}

/** A step that is one check as a whole: it passed or it did not. */
function asOutcome(name: string, ended: Ended): Outcome {
  const isFine = ended.code === 0;
  const why = ended.isTimedOut ? 'stopped at its time limit' : `ended with code ${ended.code}`;
  return {
    name,
    passed: isFine ? 1 : 0,
    failed: isFine ? [] : [`${name}: ${why}`],
    skipped: 0,
    skippedIn: [],
  };
}

async function runTool(name: string, args: readonly string[], limitMs: number): Promise<Outcome | undefined> {
  const tool = path.join(root, 'test', 'tools', `${name}.ts`);
  if (!existsSync(tool)) return undefined;
  say(`\n== ${name}`);
  return asOutcome(name, await runNode([tool, ...args], { limitMs, env: environment() }));
}

async function runAll(chosen: readonly string[]): Promise<Outcome[]> {
  const isChosen = (name: string): boolean => chosen.length === 0 || chosen.includes(name);
  const outcomes: Outcome[] = [];
  const add = (outcome: Outcome | undefined): void => {
    if (outcome !== undefined) outcomes.push(outcome);
  };
  if (isChosen('e2e') || isChosen('faults')) add(await runTool('build', ['--renderer'], 10 * minutes));
  for (const { name, limitMs, wantsChromium } of projects.filter((project) => isChosen(project.name))) {
    if (wantsChromium && chromiumPath() === undefined) {
      skips.push(`skipped: every test of ${name}, because Chromium is not installed`);
      outcomes.push({ name, passed: 0, failed: [], skipped: 1, skippedIn: [] });
      continue;
    }
    say(`\n== ${name}`);
    add(await runProject(name, limitMs));
  }
  if (isChosen(packageName)) {
    add(await runTool(packageName, ['--stand-in'], 15 * minutes));
  }
  if (chosen.includes(terminal.name)) {
    say(`\n== ${terminal.name}`);
    add(await runProject(terminal.name, terminal.limitMs));
  } else if (chosen.length === 0) {
    skips.push('skipped: every test of terminal, because it takes minutes: npm test -- package terminal');
    outcomes.push({ name: terminal.name, passed: 0, failed: [], skipped: 1, skippedIn: [] });
  }
  return outcomes;
}

installNeeds();
const outcomes = await runAll(process.argv.slice(2));
if (existsSync(skipsFile)) skips.push(...readFileSync(skipsFile, 'utf8').trim().split('\n'));
rmSync(folder, { recursive: true, force: true });
const lines = summaryLines(outcomes, [...new Set(skips)], (performance.now() - startedAt) / 1000);
say(`\n${lines.join('\n')}`);
process.exitCode = outcomes.some((one) => one.failed.length > 0) ? 1 : 0;
