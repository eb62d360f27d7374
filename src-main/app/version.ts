import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { programRoot } from './config.ts';

const packageSchema = z.object({ version: z.string() });

/** Of this program, as its package says it. */
export function programVersion(): string {
  return packageSchema.parse(JSON.parse(readFileSync(join(programRoot(), 'package.json'), 'utf8'))).version;
}

/** The first day of this program: a clock before it is wrong. */
export const builtAt = new Date('2026-11-20T00:00:00Z');
