import path from 'node:path';
import { importJWK } from 'jose';
import { beforeAll, describe, expect, test } from 'vitest';
import { findSealed } from '../../db/stores/report.ts';
import { publicKeySchema } from '../../src-main/contract/keys.ts';
import type { Answer } from '../../src-main/contract/answer.ts';
import { mostThings } from '../../src-main/contract/answer.ts';
import type { AskedType, Question } from '../../src-main/contract/content.ts';
import { submissionSchema, type Report } from '../../src-main/contract/report.ts';
import { loadContent } from '../../src-main/content/load-content.ts';
import { answerOf } from '../../src-main/domain/draft-answer.ts';
import { answersToSend, type Answers } from '../../src-main/domain/draft.ts';
import { emptyInput, type QuestionInput } from '../../src-main/domain/draft-input.ts';
import type { ContentLibrary } from '../../src-main/domain/ports.ts';
import { visiblePieces } from '../../src-main/domain/render-answer-characters.ts';
import { renderReport } from '../../src-main/domain/render-answer.ts';
import { makeDistrictKey, type KeyPairText } from '../../src-main/sealing/make-keys.ts';
import { createSealer } from '../../src-main/sealing/sealer.ts';
import { createReports } from '../../src-main/services/reports.ts';
import { openSealed } from '../../src-renderer/desk/keys/open-sealed.ts';
import { parseReport } from '../../src-renderer/state/desk-parse.ts';
import { expectKind } from '../helpers/expect-kind.ts';
import { createFakeClock, createFakeLog, createFakeRandomness, newReportId } from '../helpers/fakes.ts';
import { naughtyStrings } from '../helpers/naughty-strings.ts';
import { openTestStore, testKiosk } from '../helpers/test-store.ts';

const resourcesDir = path.resolve(import.meta.dirname, '..', '..', 'resources');
const clock = { localTime: '2026-11-20T14:32', isTrusted: true };

let library: ContentLibrary;
let district: KeyPairText;
beforeAll(async () => {
  [{ library }, district] = await Promise.all([
    loadContent({ resourcesDir, today: '2026-11-21', isDemonstration: false }),
    makeDistrictKey(),
  ]);
});

function typeOf(id: string): AskedType {
  const type = library.content.reportTypes.find((candidate) => candidate.id === id);
  if (type === undefined) throw new Error(`no type ${id}`);
  return type;
}

/** The kiosk's own way from answers to a sealed row, and the district's from there to an open report. */
async function throughTheSeal(type: AskedType, answers: Answers): Promise<Report> {
  const store = openTestStore();
  const key = publicKeySchema.parse(JSON.parse(district.publicText));
  const homeDistrictId = library.fallbackDistrict().id;
  const reports = createReports({
    store,
    library,
    sealer: createSealer({
      districtKeys: new Map([[homeDistrictId, key]]),
      homeDistrictId,
      stationKey: () => null,
    }),
    receipts: { enqueue: () => undefined, status: () => null },
    clock: createFakeClock(),
    randomness: createFakeRandomness(),
    log: createFakeLog(),
    kiosk: { kioskId: testKiosk, districtNumber: '07', kioskNumber: '120', stationId: 'fjordby' },
    paper: '80mm',
    onStored: () => undefined,
  });
  const submission = submissionSchema.parse(
    // As it comes over the wire.
    JSON.parse(
      JSON.stringify({
        reportId: newReportId(),
        language: 'ar',
        reportType: type.id,
        gateAnswers: {},
        isUnder18: false,
        answers: answersToSend(type, answers, { isUnder18: false, language: 'ar', gateAnswers: {} }),
      }),
    ),
  );
  expectKind(await reports.submitReport(submission), 'stored');
  const sealed = store.read((database) => findSealed(database, 1));
  const privateKey = await importJWK(JSON.parse(district.privateText), 'RSA-OAEP-256');
  if (sealed === null || privateKey instanceof Uint8Array) throw new Error('nothing to open');
  const opened = await openSealed(privateKey, district.keyId, sealed.sealedReport, submission.reportId);
  const report = opened.ok ? parseReport(opened.text, submission.reportId) : null;
  if (report === null) throw new Error('the report did not come back');
  return report;
}

/** Every field of a question that takes words, filled with these. */
function filled(question: Question, words: string): QuestionInput {
  const input = emptyInput(question);
  switch (input.kind) {
    case 'choice':
      return {
        ...input,
        codes: question.kind === 'choice' ? [question.options[0]?.code ?? ''] : [],
        note: words,
      };
    case 'text':
      return { ...input, text: words };
    case 'place':
      return { ...input, postcode: '9000', words };
    case 'things': {
      const kinds = question.kind === 'things' ? question.kinds : [];
      return {
        ...input,
        things: kinds.map(({ code, fields }) => ({
          kind: code,
          fields: Object.fromEntries(fields.map(({ id, longest }) => [id, words.slice(0, longest)])),
        })),
      };
    }
    case 'contact':
      return {
        ...input,
        mode: 'named',
        fields: { name: words, phone: words.slice(0, 40), email: words, address: words, safeContact: words },
        cpr: words.slice(0, 20),
      };
    case 'when':
    case 'amount':
      return input;
  }
}

function answersOf(type: AskedType, words: string): Answers {
  return Object.fromEntries(
    type.questions.flatMap((question): [string, Answer][] => {
      const result = answerOf(filled(question, words), clock);
      return result.ok ? [[question.id, result.answer]] : [];
    }),
  );
}

describe('whatever is typed comes out at the desk as it went in', () => {
  test.each(naughtyStrings)('%s', async (_name, typed) => {
    // The contract's one change: what is not text becomes the sign for it.
    const kept = typed.toWellFormed().replaceAll('\u0000', '\ufffd');
    const type = typeOf('stolen-things');
    const { submission, summary } = await throughTheSeal(type, answersOf(type, typed));
    const texts = library.texts('da').texts.content;
    const danish = { content: library.content, texts, words: (key: string) => `[${key}]` };
    const rendered = renderReport(danish, { submission, summary });
    const own = new Map(
      rendered.map(({ questionId, lines }) => [questionId, lines.map((line) => line.own ?? line.danish)]),
    );
    for (const questionId of ['what-happened', 'where', 'insurance', 'contact'])
      expect(own.get(questionId)).toContain(kept);
    const [brand] = own.get('things')?.slice(1) ?? [];
    expect(brand).toBe(kept.slice(0, 100));

    // Taken apart for the screen and put together again it is the same: nothing was hidden, nothing was added.
    const shown = visiblePieces(kept)
      .map((piece) =>
        piece.kind === 'words' ? piece.text : String.fromCodePoint(Number.parseInt(piece.name.slice(2), 16)),
      )
      .join('');
    expect(shown).toBe(kept);
    // And nothing that could reorder the page, or hide in it, is left among the words.
    const words = visiblePieces(kept).flatMap((piece) => (piece.kind === 'words' ? [piece.text] : []));
    const hiding = ['\u0000', '\u0007', '\u001b', '\u200b', '\u200f', '\u202e', '\u2066', '\u2069', '\ufeff'];
    expect(hiding.filter((sign) => words.join('').includes(sign))).toEqual([]);
  });
});

test('the largest report that the screens let anybody write can still be sealed', async () => {
  for (const type of library.content.reportTypes) {
    // Characters that grow most on their way: six bytes each in JSON.
    const answers: Record<string, Answer> = { ...answersOf(type, '\u0001'.repeat(200)) };
    for (const question of type.questions) {
      if (question.kind === 'text')
        answers[question.id] = { kind: 'text', text: '\u0001'.repeat(question.longest) };
      if (question.kind === 'choice')
        answers[question.id] = {
          kind: 'choice',
          codes: [question.options[0]?.code ?? ''],
          note: '\u0001'.repeat(question.noteLongest),
        };
      if (question.kind !== 'things') continue;
      const size = (fields: readonly { longest: number }[]): number =>
        fields.reduce((sum, { longest }) => sum + longest, 0);
      const [largest] = question.kinds.toSorted((one, other) => size(other.fields) - size(one.fields));
      if (largest === undefined) continue;
      const thing = {
        kind: largest.code,
        fields: Object.fromEntries(largest.fields.map(({ id, longest }) => [id, '\u0001'.repeat(longest)])),
      };
      answers[question.id] = { kind: 'things', things: Array.from({ length: mostThings }, () => thing) };
    }
    const report = await throughTheSeal(type, answers);
    expect(report.submission.reportType).toBe(type.id);
  }
});
