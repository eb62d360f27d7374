import { DatabaseRefusal } from '../../db/database-refusal.ts';
import { ContentError } from '../content/content-error.ts';

export interface RefusalSentence {
  readonly sentence: string;
  readonly exitCode: number;
}

/** The exit code when another process owns the data folder; a supervisor then leaves it alone. */
const inUse = 3;

/** The sentence for what opening a station can refuse; null for a bug. */
export function sentenceForRefusal(error: unknown): RefusalSentence | null {
  if (error instanceof DatabaseRefusal)
    return { sentence: error.message, exitCode: error.problem === 'in-use' ? inUse : 1 };
  if (error instanceof ContentError) return { sentence: error.message, exitCode: 2 };
  return null;
}
