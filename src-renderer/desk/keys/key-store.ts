/** A station key as it lies in the profile: encrypted with the device key, bound to its own id. */
export interface WrappedKey {
  readonly keyId: string;
  readonly iv: Uint8Array<ArrayBuffer>;
  readonly wrapped: ArrayBuffer;
}

/** Where a desk's browser profile keeps its device key and the wrapped station keys. */
export interface KeyStore {
  deviceKey(): Promise<CryptoKey | null>;
  /** Keeps the first device key ever given: of two pages opened at once, both go on with the same one. */
  addDeviceKey(key: CryptoKey): Promise<CryptoKey>;
  wrappedKey(keyId: string): Promise<WrappedKey | null>;
  keepWrappedKey(key: WrappedKey): Promise<void>;
  removeWrappedKey(keyId: string): Promise<void>;
}

const deviceKeys = 'device-keys';
const stationKeys = 'station-keys';
const theOne = 'this-desk';

function settle<Value>(request: IDBRequest<Value>): Promise<Value> {
  return new Promise((resolve, reject) => {
    request.addEventListener('success', () => resolve(request.result));
    request.addEventListener('error', () => reject(request.error ?? new Error('the browser store refused')));
  });
}

function openDatabase(name: string): Promise<IDBDatabase> {
  const request = indexedDB.open(name, 1);
  request.addEventListener('upgradeneeded', () => {
    request.result.createObjectStore(deviceKeys);
    request.result.createObjectStore(stationKeys);
  });
  return settle(request);
}

/** A write is only told as done when the browser calls the whole transaction complete, on disk where it can promise that. */
async function write(
  database: IDBDatabase,
  store: string,
  change: (objects: IDBObjectStore) => void,
): Promise<void> {
  const transaction = database.transaction(store, 'readwrite', { durability: 'strict' });
  const done = new Promise<void>((resolve, reject) => {
    transaction.addEventListener('complete', () => resolve());
    transaction.addEventListener('abort', () =>
      reject(transaction.error ?? new Error('the write was undone')),
    );
  });
  change(transaction.objectStore(store));
  await done;
}

function isWrappedKey(value: unknown): value is WrappedKey {
  return (
    typeof value === 'object' &&
    value !== null &&
    'keyId' in value &&
    typeof value.keyId === 'string' &&
    'iv' in value &&
    value.iv instanceof Uint8Array &&
    'wrapped' in value &&
    value.wrapped instanceof ArrayBuffer
  );
}

/** The store of a real browser: IndexedDB keeps a CryptoKey that no script can export. */
export async function openKeyStore(name = 'skranke-desk-keys'): Promise<KeyStore> {
  const database = await openDatabase(name);
  const read = (store: string, key: string): Promise<unknown> =>
    settle<unknown>(database.transaction(store).objectStore(store).get(key));
  const deviceKey = async (): Promise<CryptoKey | null> => {
    const found = await read(deviceKeys, theOne);
    return found instanceof CryptoKey ? found : null;
  };
  return {
    deviceKey,
    async addDeviceKey(key) {
      try {
        await write(database, deviceKeys, (objects) => objects.add(key, theOne));
        return key;
      } catch (error) {
        const first = await deviceKey();
        if (first === null) throw error;
        return first;
      }
    },
    async wrappedKey(keyId) {
      const found = await read(stationKeys, keyId);
      return isWrappedKey(found) ? found : null;
    },
    keepWrappedKey: (key) => write(database, stationKeys, (objects) => objects.put(key, key.keyId)),
    removeWrappedKey: (keyId) => write(database, stationKeys, (objects) => objects.delete(keyId)),
  };
}
