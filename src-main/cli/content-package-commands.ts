import { resolve } from 'node:path';
import { askRunningKiosk, type AdminAnswer } from '../app/admin.ts';
import { layArrival, readArriving } from '../app/content-admin.ts';
import { trustContentKey } from '../app/content-keys.ts';
import { readConfig, type Config } from '../app/config.ts';
import { askKiosk, refuse } from './admin-line.ts';
import { atTime, describeStanding, packageSentences, problemSentence } from '../app/content-words.ts';
import { parseOptions, placeOptions } from './options.ts';
import { complain, say } from './print.ts';
import { UsageError } from './usage.ts';

async function open(argv: readonly string[]) {
  const { values, positionals } = parseOptions(argv, placeOptions);
  const config = await readConfig({ configFile: values.config ?? null, dataDir: values['data-dir'] ?? null });
  return { config, json: values.json, positionals };
}

type Taken = Extract<AdminAnswer, { answer: 'content-taken' }>;

/** `skranke content install FILE`: from a stick, also without any line, the kiosk running or not. */
export async function installCommand(argv: readonly string[]): Promise<number> {
  const { config, json, positionals } = await open(argv);
  const [file] = positionals;
  if (file === undefined || positionals.length > 1)
    throw new UsageError('content install: expected one file.');
  const answer = await install(config, resolve(file));
  if (answer.answer !== 'content-taken') return refuse(answer);
  if (json) say(JSON.stringify({ ...answer, answer: undefined, sentence: sentenceOf(answer) }));
  else if (answer.outcome === 'refused') complain(`${file}: ${sentenceOf(answer)}`);
  else say(sentenceOf(answer));
  return answer.outcome === 'refused' ? 1 : 0;
}

async function install(config: Config, file: string): Promise<AdminAnswer> {
  const read = await readArriving(file);
  const refused = { answer: 'content-taken', outcome: 'refused', version: null, activateAt: null } as const;
  if (!read.ok) return { ...refused, problem: read.problem, detail: null };
  const arrival = await layArrival(config.dataDir, read.bytes).catch(() => null);
  if (arrival === null) return { ...refused, problem: 'not-stored', detail: null };
  try {
    return await askKiosk(config, { ask: 'install-content', file: arrival.name });
  } finally {
    await arrival.remove();
  }
}

function sentenceOf({ outcome, version, activateAt, problem, detail }: Taken): string {
  const named = `Version ${String(version ?? 0)}`;
  switch (outcome) {
    case 'staged':
      return `${named} lies ready; it goes live ${atTime(activateAt)}, while the kiosk runs.`;
    case 'known':
      return `${named} is here already.`;
    case 'refused':
      return `not taken, and nothing is changed: ${problemSentence(problem ?? 'not-a-package', detail)}`;
  }
}

/** `skranke content status`: which version is live, ready, refused and why. */
export async function contentStatusCommand(argv: readonly string[]): Promise<number> {
  const { config, json } = await open(argv);
  const answer = await askKiosk(config, { ask: 'content-standing' });
  if (answer.answer !== 'content') return refuse(answer);
  const { standing } = answer;
  const refused = standing.refused.map((one) => ({ ...one, sentence: packageSentences[one.problem] }));
  if (json) say(JSON.stringify({ ...standing, refused }));
  else for (const line of describeStanding(standing)) say(line);
  return 0;
}

/** `skranke content rollback`: back to what was there before. */
export async function rollBackCommand(argv: readonly string[]): Promise<number> {
  const { config, json } = await open(argv);
  const answer = await askKiosk(config, { ask: 'roll-back-content' });
  if (answer.answer !== 'content-rolled-back') return refuse(answer);
  const sentences = {
    'going-back': 'Back to what was there before as soon as nobody is in a visit, while the kiosk runs.',
    'nothing-to-leave': 'No package is live: what ships is shown.',
    'not-stored': 'It could not be written down; look at the room on the disk.',
  } as const;
  if (json) say(JSON.stringify({ outcome: answer.outcome }));
  else say(sentences[answer.outcome]);
  return answer.outcome === 'going-back' ? 0 : 1;
}

/** `skranke content fetch`: the running kiosk asks its district now. */
export async function fetchCommand(argv: readonly string[]): Promise<number> {
  const { config } = await open(argv);
  const answer = await askRunningKiosk(config.dataDir, { ask: 'fetch-content' });
  if (answer === null) {
    complain('no kiosk is running on this data folder; start it first.');
    return 1;
  }
  if (answer.answer !== 'content-fetched') return refuse(answer);
  const { isAnswered } = answer;
  if (isAnswered !== true) {
    complain(isAnswered === null ? 'this kiosk has no district to ask.' : 'the district did not answer.');
    return 1;
  }
  return contentStatusCommand(argv);
}

/** `skranke content trust FILE`: packages signed with this key count from now on. */
export async function trustCommand(argv: readonly string[]): Promise<number> {
  const { config, json, positionals } = await open(argv);
  const [file] = positionals;
  if (file === undefined) throw new UsageError('content trust: expected DISTRICT.content.jwk.json.');
  const { kid } = await trustContentKey(config.dataDir, resolve(file));
  if (json) say(JSON.stringify({ keyId: kid }));
  else say(`Packages signed with the key ${kid} are taken from now on.`);
  return 0;
}
