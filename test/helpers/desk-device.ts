import type { DeviceProof } from '../../src-main/domain/device-proof.ts';
import { createKeyring } from '../../src-renderer/desk/keys/keyring.ts';
import type { Device } from '../../src-renderer/state/desk-ports.ts';
import { memoryKeyStore } from './memory-key-store.ts';

/** A desk's keys as a browser makes them, without the browser. */
export async function makeDevice(): Promise<{
  readonly device: Device;
  readonly releaseSecret: string;
  sign(proof: DeviceProof): Promise<string>;
}> {
  const keyring = createKeyring(memoryKeyStore());
  return {
    device: await keyring.makeDevice(),
    releaseSecret: keyring.makeSecret(),
    sign: (proof) => keyring.sign(proof),
  };
}
