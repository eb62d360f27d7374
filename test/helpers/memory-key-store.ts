import type { KeyBox } from '../../src-main/contract/desk-devices.ts';
import type { DevicePairs, KeyStore } from '../../src-renderer/desk/keys/key-store.ts';

/** A key store for tests without a browser: keeps what IndexedDB would keep. */
export function memoryKeyStore(): KeyStore {
  let device: DevicePairs | null = null;
  const kept = new Map<string, KeyBox>();
  return {
    device: async () => device,
    addDevice: async (pairs) => (device ??= pairs),
    box: async (keyId) => kept.get(keyId) ?? null,
    keepBox: async (box) => {
      kept.set(box.keyId, box);
    },
    removeBox: async (keyId) => {
      kept.delete(keyId);
    },
  };
}
