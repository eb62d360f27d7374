import type { KeyBox } from '../../src-main/contract/desk-devices.ts';
import type { DevicePairs, KeyStore } from '../../src-renderer/desk/keys/key-store.ts';

/** A key store for tests without a browser: keeps what IndexedDB would keep. */
export function memoryKeyStore(): KeyStore {
  let device: DevicePairs | null = null;
  const kept = new Map<string, KeyBox>();
  return {
    device: async () => device,
    addDevice: async (pairs) => (device ??= pairs),
    box: async (name) => kept.get(name) ?? null,
    keepBox: async (box, name = box.keyId) => {
      kept.set(name, box);
    },
    removeBox: async (name) => {
      kept.delete(name);
    },
  };
}
