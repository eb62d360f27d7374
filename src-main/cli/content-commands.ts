import { contentJsonSchema, inspectFolder, walkType, type Branch } from '../app/content-tools.ts';
import { parseOptions } from './options.ts';
import { complain, say } from './print.ts';
import { UsageError } from './usage.ts';

const json = { type: 'boolean', default: false } as const;

const count = (many: number, word: string): string => `${many} ${word}${many === 1 ? '' : 's'}`;

async function checkCommand(argv: readonly string[]): Promise<number> {
  const { values, positionals } = parseOptions(argv, { json, on: { type: 'string' } });
  const { types, questions, facts, problems } = await inspectFolder(
    positionals[0] ?? null,
    values.on ?? null,
  );
  if (values.json) {
    const told = problems.map(({ file, place, expected }) => ({
      file,
      path: place,
      message: `${expected}.`,
    }));
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
  switch (walk.kind) {
    case 'unknown-type':
      throw new UsageError(`--type ${values.type}: expected one of ${walk.types.join(', ')}.`);
    case 'mistakes':
      for (const sentence of walk.sentences) complain(sentence);
      return 1;
    case 'walked':
      if (values.json)
        say(JSON.stringify({ type: values.type, branches: walk.branches, isComplete: walk.isComplete }));
      else for (const branch of walk.branches) say(describeBranch(branch));
      if (!values.json && !walk.isComplete) say('There are more branches than can be listed.');
      return 0;
  }
}

/** `skranke content check [DIR]`, `content walk [DIR] --type T` and `content schema`. */
export async function contentCommand(argv: readonly string[]): Promise<number> {
  const [action, ...rest] = argv;
  switch (action) {
    case 'check':
      return checkCommand(rest);
    case 'walk':
      return walkCommand(rest);
    case 'schema':
      parseOptions(rest, { json });
      say(JSON.stringify(contentJsonSchema(), null, 2));
      return 0;
    default:
      throw new UsageError('content: expected "content check", "content walk" or "content schema".');
  }
}
