import { z } from 'zod';

/* What main and the services' process tell each other. Both are ours, but each parses: a wrong shape is a bug to see. */

export const toServicesSchema = z.discriminatedUnion('kind', [
  z.strictObject({
    kind: z.literal('open'),
    configFile: z.string().nullable(),
    dataDir: z.string().nullable(),
  }),
  /** Comes with one port, which gets the procedures of its role. */
  z.strictObject({ kind: z.literal('connect'), role: z.enum(['kiosk', 'desk']) }),
  z.strictObject({ kind: z.literal('close') }),
]);
export type ToServices = z.infer<typeof toServicesSchema>;

export const fromServicesSchema = z.discriminatedUnion('kind', [
  z.strictObject({
    kind: z.literal('ready'),
    isDemonstration: z.boolean(),
    /** A desk window on the lobby's own terminal: in a demonstration, or where the configuration says so. */
    hasDesk: z.boolean(),
  }),
  /** A mistake of whoever set it up: one sentence, and the exit code. */
  z.strictObject({ kind: z.literal('failed'), sentence: z.string(), exitCode: z.int() }),
  z.strictObject({ kind: z.literal('closed') }),
]);
export type FromServices = z.infer<typeof fromServicesSchema>;
