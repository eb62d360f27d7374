import type { EntryContent } from '../../src-main/contract/entry.ts';
import type { ReportExport } from '../../src-main/contract/report-export.ts';
import type { Report } from '../../src-main/contract/report.ts';
import { isEntryHidden } from '../../src-main/domain/hidden-contact.ts';
import { withVisibleSigns } from '../../src-main/domain/report-out.ts';
import { textAt } from '../../src-main/domain/text-tree.ts';
import type { I18n } from '../i18n/i18n.svelte.ts';
import type { DeskSession } from '../state/desk-session.svelte.ts';
import { entriesOf, undoneBy, type OpenedEntry } from '../state/opened-entries.ts';
import type { OutField } from './out-fields.ts';

/** What an entry says, as one text; null where it stands elsewhere: a translation beside its answer. */
function entryText({ t }: I18n, { welcome, texts }: DeskSession, content: EntryContent): string | null {
  const lines = (...parts: readonly string[]): string => parts.filter((part) => part !== '').join('\n');
  switch (content.kind) {
    case 'note':
      return content.text;
    case 'question':
      return lines(t(`desk:entries.timeline.way.${content.way}`), content.text);
    case 'rights-given': {
      const told = t(`desk:entries.timeline.told.${content.way}`);
      const items = content.items.map((item) => textAt(texts?.rights ?? {}, `given.${item}`) ?? item);
      return lines(told, ...items);
    }
    case 'transfer': {
      const district = welcome?.districts.find(({ id }) => id === content.districtId)?.name;
      const to = t('desk:entries.timeline.transferTo', { district: district ?? content.districtId });
      return lines(to, content.reason);
    }
    case 'journal-number':
      return content.number;
    case 'rejection':
      return content.danish;
    case 'lane':
      return lines(t(`desk:entries.timeline.lane.${content.lane}`), content.reason);
    case 'translation':
    case 'undone':
      return null;
  }
}

/** What staff added and did not take back, in the order it was added. */
export function entryFields(i18n: I18n, session: DeskSession, all: readonly OpenedEntry[]): OutField[] {
  return all.flatMap(({ entry, content }) => {
    if (!content.ok || undoneBy(all, entry.entryId) !== null) return [];
    const text = entryText(i18n, session, content.opened);
    const label = i18n.t(`desk:entries.timeline.kind.${entry.kind}`);
    return text === null ? [] : [{ id: entry.entryId, label, text: withVisibleSigns(text) }];
  });
}

/** The newest translation of an answer that stands, and who made it; null where there is none. */
export function translationOf({ t }: I18n, all: readonly OpenedEntry[], questionId: string): string | null {
  const found = entriesOf(all, 'translation').findLast(({ content }) => content.questionId === questionId);
  if (found === undefined) return null;
  const { text, maker, madeBy } = found.content;
  return t('desk:out.translated', {
    text: withVisibleSigns(text),
    maker: t(`desk:entries.form.translation.${maker}`),
    madeBy,
  });
}

/** Every entry for another program; what would tell where to find a hidden visitor is left out. */
export function exportedEntries(report: Report, all: readonly OpenedEntry[]): ReportExport['entries'] {
  return all.map(({ entry, content }) => ({
    entryId: entry.entryId,
    kind: entry.kind,
    addedAt: entry.addedAt,
    addedBy: entry.addedBy,
    isTakenBack: undoneBy(all, entry.entryId) !== null,
    content: content.ok && !isEntryHidden(report, content.opened) ? content.opened : null,
  }));
}
