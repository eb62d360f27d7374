import { z } from 'zod';
import { sha256Hex } from './envelope.ts';
import { instantSchema, kioskIdSchema, languageSchema, localTimeSchema } from './ids.ts';

/* A district's content in one signed file, on its way to kiosks over the line or on a stick. */

export const mostPackageBytes = 8_000_000;
export const mostPackagedFileBytes = 2_000_000;
export const mostPackagedFiles = 500;

/** A name of small letters and at most two folders: nothing that is a way out of anywhere. */
const packagedPathSchema = z
  .string()
  .max(200)
  .regex(/^(?:[a-z0-9][a-z0-9-]*\/){0,2}[a-z0-9][a-z0-9-]*\.json$/);

export const contentVersionSchema = z.int().min(1).max(999_999_999);
export const districtIdSchema = z.string().regex(/^[a-z0-9-]{1,40}$/);

/** What the JWS (ES256, compact) of a package signs. */
export const packageClaimsSchema = z.strictObject({
  kind: z.literal('skranke-content'),
  format: z.literal(1),
  /** Its id in content, and the two digits with which its kiosks begin. */
  district: z.strictObject({ id: districtIdSchema, number: z.string().regex(/^\d{2}$/) }),
  /** Rises with every package of a district, also with one that brings older content back. */
  version: contentVersionSchema,
  /** Local time at the station; null: as soon as nobody is in a visit. */
  activateAt: localTimeSchema.nullable(),
  /** Null: all kiosks of the district. */
  kiosks: z.array(kioskIdSchema).min(1).max(1000).nullable(),
  /** Those it has words in; in the others its words are said in Danish. */
  languages: z.array(languageSchema).min(1),
  /** By their names, in order. */
  files: z
    .array(
      z.strictObject({
        path: packagedPathSchema,
        bytes: z.int().min(1).max(mostPackagedFileBytes),
        sha256: sha256Hex,
      }),
    )
    .min(1)
    .max(mostPackagedFiles),
});
export type PackageClaims = z.infer<typeof packageClaimsSchema>;

/** The file itself: one line of JSON. Files are text, by their names, in order. */
export const packageFileSchema = z.strictObject({
  manifest: z.string().min(1).max(400_000),
  files: z.record(packagedPathSchema, z.string().max(mostPackagedFileBytes)),
});

/**
 * Why a package is not taken. Of the file: `not-a-package`, `too-large`, `newer-format`, `unknown-signer`, `altered`. Of this
 * kiosk: `wrong-district`, `other-kiosk`, `not-newer`, `does-not-fit` (its own check found mistakes), `not-stored`. Later:
 * `start-failed` (the kiosk ended with it again and again), `rolled-back` (by IT).
 */
export const packageProblems = [
  'not-a-package',
  'too-large',
  'newer-format',
  'unknown-signer',
  'altered',
  'wrong-district',
  'other-kiosk',
  'not-newer',
  'does-not-fit',
  'not-stored',
  'start-failed',
  'rolled-back',
] as const;
export const packageProblemSchema = z.enum(packageProblems);
export type PackageProblem = z.infer<typeof packageProblemSchema>;

export const packageRefusalSchema = z.strictObject({
  /** Null where it could not be read. */
  version: contentVersionSchema.nullable(),
  problem: packageProblemSchema,
  /** File, place and what was expected, of the first mistake. Nothing of a visitor. */
  detail: z.string().max(500).nullable(),
  at: instantSchema,
});
export type PackageRefusal = z.infer<typeof packageRefusalSchema>;

const scheduledSchema = z.strictObject({
  version: contentVersionSchema,
  activateAt: localTimeSchema.nullable(),
});

/** How a kiosk stands with what its district sends; told to staff, to IT and to the district. */
export const contentStandingSchema = z.strictObject({
  /** Null: what ships, and what the configuration lays over it. */
  live: scheduledSchema.extend({ since: instantSchema }).nullable(),
  /** What `content rollback` brings back; null: what ships. */
  previous: contentVersionSchema.nullable(),
  /** In the order of their versions. */
  staged: z.array(scheduledSchema).max(20),
  /** Newest first. */
  refused: z.array(packageRefusalSchema).max(5),
  /** Due, and a visitor is in the middle of a visit. */
  isWaitingForVisitor: z.boolean(),
});
export type ContentStanding = z.infer<typeof contentStandingSchema>;
