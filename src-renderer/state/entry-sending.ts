import { safe } from '@orpc/client';
import type { TextTree } from '../../src-main/contract/content.ts';
import type { EntryContent } from '../../src-main/contract/entry.ts';
import type { EntryId, ReferenceNumber } from '../../src-main/contract/ids.ts';
import type { Report } from '../../src-main/contract/report.ts';
import { textAt } from '../../src-main/domain/text-tree.ts';
import type { DeskClient } from '../api/connect-desk.ts';
import type { DeskSession, SessionRefusal } from './desk-session.svelte.ts';

/** What a template says, and where to go with it. */
export function rejectionWords(rights: TextTree, reasonId: string): string {
  return [`rejection.${reasonId}.text`, 'rejection.closing']
    .map((place) => textAt(rights, place) ?? '')
    .join(' ');
}

export interface Sending {
  readonly reportId: Report['reportId'];
  readonly entryId: EntryId;
  readonly version: number;
  readonly sealedEntry: string;
}

/** Each kind has the procedure that says who may add it. */
export function sendEntry(client: DeskClient, content: EntryContent, sending: Sending) {
  switch (content.kind) {
    case 'transfer':
      return safe(client.transfer(sending));
    case 'rejection':
      return safe(client.reject(sending));
    case 'lane':
      return safe(client.changeLane({ ...sending, lane: content.lane }));
    default:
      return safe(client.addEntry({ ...sending, kind: content.kind }));
  }
}

export function isReference(text: string): text is ReferenceNumber {
  return /^\d{12}$/.test(text);
}

/** What came of asking the kiosk, where it did not simply work. */
export type EntryProblem = 'gone' | 'not-stored' | 'uncertain' | 'no-answer' | 'changed';
export type EntryRefusal = 'CHANGED' | 'NOT_FOUND' | 'NOT_STORED' | 'UNCERTAIN' | SessionRefusal;

/** @param code null: nobody answered. @returns what is to be said, if anything is. */
export function problemOf(session: DeskSession, code: EntryRefusal | null): EntryProblem | null {
  switch (code) {
    case null:
      return 'no-answer';
    case 'CHANGED':
      return 'changed';
    case 'NOT_FOUND':
      return 'gone';
    case 'NOT_STORED':
      return 'not-stored';
    case 'UNCERTAIN':
      return 'uncertain';
    case 'SIGNED_OUT':
    case 'FORBIDDEN':
      session.refused(code);
      return null;
  }
}
