import { nameOfRecording, sayToFile, type SayOutcome } from '../app/speech-tools.ts';
import { languages, languageSchema, type Language } from '../contract/ids.ts';
import { fastestWords, slowestWords } from '../contract/speech.ts';
import { parseOptions } from './options.ts';
import { complain, say } from './print.ts';
import { UsageError } from './usage.ts';

function languageOf(typed: string | undefined): Language {
  const known = languageSchema.safeParse(typed);
  if (known.success) return known.data;
  throw new UsageError(`say: --lang ${typed ?? ''}: expected one of ${languages.join(', ')}.`);
}

function rateOf(typed: string): number {
  const rate = Number(typed);
  if (Number.isInteger(rate) && rate >= slowestWords && rate <= fastestWords) return rate;
  throw new UsageError(
    `say: --rate ${typed}: expected words a minute from ${slowestWords} to ${fastestWords}.`,
  );
}

function sentenceFor(outcome: Exclude<SayOutcome, { kind: 'written' }>, language: Language): string {
  if (outcome.kind === 'nothing-heard')
    return 'nothing of this text can be heard; expected letters or digits.';
  if (outcome.kind === 'not-written') return `the file could not be written: ${outcome.why}.`;
  return outcome.reason === 'no-voice'
    ? `there is no voice for ${language} here; install the program again.`
    : 'the voice did not answer; skranke doctor tries every voice.';
}

/** `skranke say --lang L "…" --out FILE.wav`: what the screen would say of these words. */
export async function sayCommand(argv: readonly string[]): Promise<number> {
  const { values, positionals } = parseOptions(argv, {
    lang: { type: 'string' },
    out: { type: 'string' },
    rate: { type: 'string', default: '175' },
    config: { type: 'string' },
    name: { type: 'boolean', default: false },
    json: { type: 'boolean', default: false },
  });
  const language = languageOf(values.lang);
  const text = positionals.join(' ').trim();
  if (text === '') throw new UsageError('say: expected the words to say.');
  if (values.name) {
    say(nameOfRecording(language, text));
    return 0;
  }
  const { out } = values;
  if (out === undefined) throw new UsageError('say: expected --out with a file to write, such as words.wav.');
  const wordsPerMinute = rateOf(values.rate);
  const configFile = values.config ?? null;
  const outcome = await sayToFile({ language, text, wordsPerMinute, out, configFile });
  if (outcome.kind !== 'written') {
    complain(`say: ${sentenceFor(outcome, language)}`);
    return 1;
  }
  const { seconds, isRecording } = outcome;
  if (values.json) say(JSON.stringify({ file: out, language, seconds, isRecording }));
  else say(`${out}: ${language}, ${seconds} s${isRecording ? ', read by a person' : ''}`);
  return 0;
}
