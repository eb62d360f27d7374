import { z } from 'zod';

/* What the thread of the voice is told, and what it tells. */

export const toVoiceSchema = z.strictObject({
  id: z.int(),
  text: z.string(),
  voice: z.string(),
  wordsPerMinute: z.int(),
});
export type ToVoice = z.infer<typeof toVoiceSchema>;

export const fromVoiceSchema = z.discriminatedUnion('kind', [
  z.strictObject({
    kind: z.literal('sound'),
    id: z.int(),
    sampleRate: z.int(),
    samples: z.instanceof(Int16Array),
  }),
  z.strictObject({ kind: z.literal('no-voice'), id: z.int() }),
  z.strictObject({ kind: z.literal('end'), id: z.int() }),
]);
export type FromVoice = z.infer<typeof fromVoiceSchema>;
