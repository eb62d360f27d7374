import type { KeyBox } from '../../../src-main/contract/desk-devices.ts';

/** A desk's own keys: it signs with one, and is given station keys with the other. */
export interface DevicePairs {
  readonly sign: CryptoKeyPair;
  readonly box: CryptoKeyPair;
}

/** Where a desk's browser profile keeps its own keys and the wrapped station keys. */
export interface KeyStore {
  device(): Promise<DevicePairs | null>;
  /** Keeps the first ever given: of two pages opened at once, both go on with the same ones. */
  addDevice(pairs: DevicePairs): Promise<DevicePairs>;
  box(name: string): Promise<KeyBox | null>;
  /** Under the id of its key, where nobody says otherwise. */
  keepBox(box: KeyBox, name?: string): Promise<void>;
  removeBox(name: string): Promise<void>;
}

const deviceKeys = 'device';
const stationKeys = 'boxes';
const theOne = 'this-desk';
/** Before 2 a desk had one key, which could prove nothing to a kiosk. */
const version = 2;

function settle<Value>(request: IDBRequest<Value>): Promise<Value> {
  return new Promise((resolve, reject) => {
    request.addEventListener('success', () => resolve(request.result));
    request.addEventListener('error', () => reject(request.error ?? new Error('the browser store refused')));
  });
}

function openDatabase(name: string): Promise<IDBDatabase> {
  const request = indexedDB.open(name, version);
  request.addEventListener('upgradeneeded', () => {
    for (const old of [...request.result.objectStoreNames]) request.result.deleteObjectStore(old);
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

function isPair(value: unknown): value is CryptoKeyPair {
  return (
    typeof value === 'object' &&
    value !== null &&
    'privateKey' in value &&
    value.privateKey instanceof CryptoKey &&
    'publicKey' in value &&
    value.publicKey instanceof CryptoKey
  );
}

function isDevice(value: unknown): value is DevicePairs {
  return (
    typeof value === 'object' &&
    value !== null &&
    'sign' in value &&
    isPair(value.sign) &&
    'box' in value &&
    isPair(value.box)
  );
}

function isBox(value: unknown): value is KeyBox {
  return (
    typeof value === 'object' &&
    value !== null &&
    'keyId' in value &&
    typeof value.keyId === 'string' &&
    'ephemeralKey' in value &&
    'iv' in value &&
    typeof value.iv === 'string' &&
    'wrapped' in value &&
    typeof value.wrapped === 'string'
  );
}

/** The store of a real browser: IndexedDB keeps a CryptoKey that no script can export. */
export async function openKeyStore(name = 'skranke-desk-keys'): Promise<KeyStore> {
  const database = await openDatabase(name);
  const read = (store: string, key: string): Promise<unknown> =>
    settle<unknown>(database.transaction(store).objectStore(store).get(key));
  const device = async (): Promise<DevicePairs | null> => {
    const found = await read(deviceKeys, theOne);
    return isDevice(found) ? found : null;
  };
  return {
    device,
    async addDevice(pairs) {
      try {
        await write(database, deviceKeys, (objects) => objects.add(pairs, theOne));
        return pairs;
      } catch (error) {
        const first = await device();
        if (first === null) throw error;
        return first;
      }
    },
    async box(name) {
      const found = await read(stationKeys, name);
      return isBox(found) ? found : null;
    },
    keepBox: (box, name = box.keyId) => write(database, stationKeys, (objects) => objects.put(box, name)),
    removeBox: (name) => write(database, stationKeys, (objects) => objects.delete(name)),
  };
}
