import type { KeyStore, WrappedKey } from '../../src-renderer/desk/keys/key-store.ts';

/** A key store for tests without a browser: keeps what IndexedDB would keep. */
export function memoryKeyStore(): KeyStore {
  let device: CryptoKey | null = null;
  const kept = new Map<string, WrappedKey>();
  return {
    deviceKey: async () => device,
    addDeviceKey: async (key) => (device ??= key),
    wrappedKey: async (keyId) => kept.get(keyId) ?? null,
    keepWrappedKey: async (key) => {
      kept.set(key.keyId, key);
    },
    removeWrappedKey: async (keyId) => {
      kept.delete(keyId);
    },
  };
}
