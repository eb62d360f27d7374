import { createRandomness } from '../../src-main/adapters/randomness.ts';
import { submissionSchema, type Submission } from '../../src-main/contract/report.ts';

/** A report as a screen would send it; words are invented. */
export function makeSubmission(changes: Partial<Omit<Submission, 'reportId'>> = {}): Submission {
  return submissionSchema.parse({
    reportId: createRandomness().uuid(),
    language: 'da',
    reportType: 'stolen-things',
    gateAnswers: { danger: 'none', force: 'none', place: 'denmark' },
    isUnder18: false,
    answers: [],
    ...changes,
  });
}
