import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';

const folder = join(import.meta.dirname, '..', '..', 'resources', 'content', 'dk', 'report-types');

/** The group under which the shipped content offers a type. */
export function groupOf(type: string): string {
  const file: unknown = JSON.parse(readFileSync(join(folder, `${type}.json`), 'utf8'));
  return z.object({ group: z.string() }).parse(file).group;
}
