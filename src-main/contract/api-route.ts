import { z } from 'zod';

export interface ApiAnswer {
  readonly when: string;
  readonly content: z.ZodType | 'text';
  /** Says with `Retry-After` how many seconds to stay away. */
  readonly retryAfter?: true;
}
export interface ApiRoute {
  readonly method: 'GET' | 'POST';
  readonly path: string;
  readonly summary: string;
  readonly description: string;
  /** `hash`: of what is fetched, told to a kiosk that signed. `signature`: inside the body, by a kiosk's key. `reader`: a bearer token given out by the district. */
  readonly proof: 'none' | 'hash' | 'signature' | 'code' | 'reader';
  readonly query?: z.ZodObject;
  readonly body?: z.ZodType;
  readonly answers: Readonly<Record<number, ApiAnswer>>;
}

export const problemSchema = z.strictObject({
  problem: z.enum(['not-found', 'method', 'malformed', 'token', 'too-many', 'unavailable']),
});
export type Problem = z.infer<typeof problemSchema>['problem'];

export const unavailable: ApiAnswer = {
  when: 'The database does not answer. Nothing is known of what became of the request: send the same again.',
  content: problemSchema,
  retryAfter: true,
};
export const tooMany: ApiAnswer = {
  when: 'More at once than this instance takes. Nothing was done: send the same again later.',
  content: problemSchema,
  retryAfter: true,
};
export const noToken: ApiAnswer = { when: 'No token, or none that is good here.', content: problemSchema };
