import type { DraftStore, KeptDraft } from '../../state/desk-ports.ts';

const drafts = 'drafts';

function settle<Value>(request: IDBRequest<Value>): Promise<Value> {
  return new Promise((resolve, reject) => {
    request.addEventListener('success', () => resolve(request.result));
    request.addEventListener('error', () => reject(request.error ?? new Error('the browser store refused')));
  });
}

function isKept(value: unknown): value is KeptDraft {
  return (
    typeof value === 'object' &&
    value !== null &&
    'staffId' in value &&
    typeof value.staffId === 'string' &&
    'reportId' in value &&
    typeof value.reportId === 'string' &&
    'sealedDraft' in value &&
    typeof value.sealedDraft === 'string' &&
    'keptAt' in value &&
    typeof value.keptAt === 'number'
  );
}

/** The store of a real browser, apart from that of the keys: losing a draft must never touch a key. */
export async function openDraftStore(name = 'skranke-desk-drafts'): Promise<DraftStore> {
  const opening = indexedDB.open(name, 1);
  opening.addEventListener('upgradeneeded', () => {
    opening.result.createObjectStore(drafts, { keyPath: ['staffId', 'reportId'] });
  });
  const database = await settle(opening);
  const write = async (change: (objects: IDBObjectStore) => void): Promise<void> => {
    const transaction = database.transaction(drafts, 'readwrite', { durability: 'strict' });
    const done = new Promise<void>((resolve, reject) => {
      transaction.addEventListener('complete', () => resolve());
      transaction.addEventListener('abort', () =>
        reject(transaction.error ?? new Error('the write was undone')),
      );
    });
    change(transaction.objectStore(drafts));
    await done;
  };
  return {
    keep: (draft) => write((objects) => objects.put(draft)),
    remove: (staffId, reportId) => write((objects) => objects.delete([staffId, reportId])),
    async all() {
      const found: unknown = await settle(database.transaction(drafts).objectStore(drafts).getAll());
      return Array.isArray(found) ? found.filter(isKept) : [];
    },
  };
}
