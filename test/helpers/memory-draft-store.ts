import type { DraftStore, KeptDraft } from '../../src-renderer/state/desk-ports.ts';

/** A desk's own disk, in memory; what lies on it can be looked at. */
export function memoryDraftStore(): DraftStore & { readonly kept: Map<string, KeptDraft> } {
  const kept = new Map<string, KeptDraft>();
  return {
    kept,
    keep: async (draft) => void kept.set(`${draft.staffId} ${draft.reportId}`, draft),
    remove: async (staffId, reportId) => void kept.delete(`${staffId} ${reportId}`),
    all: async () => [...kept.values()],
  };
}
