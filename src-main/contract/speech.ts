import { z } from 'zod';
import { languageTagSchema } from './ids.ts';

/** One sentence or two; a longer text is read in pieces, so that the first of them sounds at once. */
export const longestSaying = 400;
export const slowestWords = 80;
export const fastestWords = 400;

export const sayingSchema = z.strictObject({
  text: z.string().min(1).max(longestSaying),
  /** Of the words, not of the page: Danish under Arabic is spoken in Danish. */
  language: languageTagSchema,
  wordsPerMinute: z.int().min(slowestWords).max(fastestWords),
  /** Each sign by its name, for what is typed letter by letter. */
  isSpelled: z.boolean(),
});
export type Saying = z.infer<typeof sayingSchema>;

/**
 * `no-voice`: this language cannot be spoken. `busy`: more was asked for than anybody can listen to. `broken`: the voice
 * does not answer.
 */
export const speechFailureSchema = z.enum(['no-voice', 'busy', 'broken']);
export type SpeechFailure = z.infer<typeof speechFailureSchema>;

/** Sound as it is made, so that the first of it can be heard while the rest is not there yet. */
export const speechPartSchema = z.discriminatedUnion('kind', [
  z.strictObject({
    kind: z.literal('sound'),
    sampleRate: z.int().min(8000).max(48_000),
    /** One channel, 16 bits a sample, lowest byte first, in base64. */
    samples: z.base64(),
  }),
  z.strictObject({ kind: z.literal('failed'), reason: speechFailureSchema }),
]);
export type SpeechPart = z.infer<typeof speechPartSchema>;

/** `unknown` where nobody can tell whether something is plugged in. */
export const headphonesSchema = z.enum(['plugged', 'unplugged', 'unknown']);
export type Headphones = z.infer<typeof headphonesSchema>;
