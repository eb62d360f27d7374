import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  contentJsonSchema,
  inspectFolder,
  preparePreview,
  readLanguages,
  walkType,
  type Branch,
  type Walk,
} from '../app/content-folder.ts';
import { parseOptions, parsePort } from './options.ts';
import {
  contentStatusCommand,
  fetchCommand,
  installCommand,
  rollBackCommand,
  trustCommand,
} from './content-package-commands.ts';
import { complain, say } from './print.ts';
import { runNodeHost } from './start.ts';
import { UsageError } from './usage.ts';

const json = { type: 'boolean', default: false } as const;

const count = (many: number, word: string): string => `${many} ${word}${many === 1 ? '' : 's'}`;

async function checkCommand(argv: readonly string[]): Promise<number> {
  const { values, positionals } = parseOptions(argv, {
    json,
    on: { type: 'string' },
    languages: { type: 'string' },
  });
  const { types, questions, facts, problems } = await inspectFolder(positionals[0] ?? null, {
    on: values.on ?? null,
    ...(values.languages === undefined ? {} : { languages: readLanguages(values.languages) }),
  });
  if (values.json) {
    const told = problems.map((problem) => problem.told());
    say(JSON.stringify({ types: types.map(({ id }) => id), questions, facts, problems: told }));
  } else {
    for (const { message } of problems) say(message);
    if (types.length > 0) say(`types: ${types.map(({ id }) => id).join(', ')}`);
    say(
      `${count(types.length, 'type')}, ${count(questions, 'question')}, ${count(facts, 'fact')}: ${problems.length === 0 ? 'no problems' : count(problems.length, 'problem')}.`,
    );
  }
  return problems.length === 0 ? 0 : 1;
}

function describeBranch({ questions, answers, visit, route }: Branch): string {
  const steps = questions.map((id) => {
    const codes = answers[id];
    if (codes === undefined) return id;
    return `${id} (${codes.length === 0 ? 'skipped' : codes.join(' + ')})`;
  });
  const told = Object.entries(visit ?? {}).map(([name, value]) => `${name} ${value ?? 'any other'}`);
  return [...told, ...steps, route.toUpperCase()].join(' > ');
}

async function walkCommand(argv: readonly string[]): Promise<number> {
  const { values, positionals } = parseOptions(argv, { json, type: { type: 'string' } });
  if (values.type === undefined) throw new UsageError('content walk: expected --type with the id of a type.');
  const walk = await walkType(positionals[0] ?? null, values.type);
  if (walk.kind !== 'walked') return refuseType(walk, values.type);
  const { branches, isComplete } = walk;
  if (values.json) {
    say(JSON.stringify({ type: values.type, branches, isComplete }));
    return 0;
  }
  for (const branch of branches) say(describeBranch(branch));
  if (!isComplete) say('There are more branches than can be listed.');
  return 0;
}

function refuseType(why: Exclude<Walk, { kind: 'walked' }>, typeId: string): number {
  if (why.kind === 'unknown-type')
    throw new UsageError(`--type ${typeId}: expected one of ${why.types.join(', ')}.`);
  for (const sentence of why.sentences) complain(sentence);
  return 1;
}

/** A demonstration with somebody's content, in a folder that is gone when it ends. */
async function previewCommand(argv: readonly string[]): Promise<number> {
  const { values, positionals } = parseOptions(argv, {
    json,
    type: { type: 'string' },
    port: { type: 'string' },
    'no-open': { type: 'boolean', default: false },
  });
  const port = parsePort(values.port);
  const prepared = await preparePreview(positionals[0] ?? null, values.type ?? null);
  if (prepared.kind !== 'ready') return refuseType(prepared, values.type ?? '');
  const dataDir = await mkdtemp(join(tmpdir(), 'skranke-preview-'));
  try {
    return await runNodeHost(
      { configFile: null, dataDir, preview: prepared.preview },
      {
        port,
        hostReason: 'preview',
        isForProgram: values.json,
        opensBrowser: !values['no-open'],
        addressFile: null,
      },
    );
  } finally {
    await rm(dataDir, { recursive: true, force: true, maxRetries: 20, retryDelay: 100 });
  }
}

/** `skranke content …`: for whoever writes it, and for whoever brings it to a kiosk. */
export async function contentCommand(argv: readonly string[]): Promise<number> {
  const [action, ...rest] = argv;
  switch (action) {
    case 'check':
      return checkCommand(rest);
    case 'walk':
      return walkCommand(rest);
    case 'preview':
      return previewCommand(rest);
    case 'install':
      return installCommand(rest);
    case 'status':
      return contentStatusCommand(rest);
    case 'rollback':
      return rollBackCommand(rest);
    case 'fetch':
      return fetchCommand(rest);
    case 'trust':
      return trustCommand(rest);
    case 'schema':
      parseOptions(rest, { json });
      say(JSON.stringify(contentJsonSchema(), null, 2));
      return 0;
    default:
      throw new UsageError(
        'content: expected "content check", "walk", "preview", "schema", "install", "fetch", "status", "rollback" or "trust".',
      );
  }
}
