import { calculateJwkThumbprint } from 'jose';
import { deviceProofText, type DeviceProof } from '../../../src-main/domain/device-proof.ts';
import type { DeviceId, DevicePublicKey } from '../../../src-main/contract/desk-devices.ts';
import type { Device } from '../../state/desk-ports.ts';
import { exportPublic, toBase64Url } from './key-box.ts';
import type { DevicePairs, KeyStore } from './key-store.ts';

const signing = { name: 'ECDSA', namedCurve: 'P-256' } as const;
const agreement = { name: 'ECDH', namedCurve: 'P-256' } as const;
const codeLetters = '23456789ABCDEFGHJKLMNPQRSTUVWXYZ';
const codeLength = 12;
const encoder = new TextEncoder();

/** The two key pairs of this browser profile. Not extractable: its files hold them, no script can read them out. */
export async function devicePairsOf(store: KeyStore): Promise<DevicePairs> {
  const known = await store.device();
  if (known !== null) return known;
  const [sign, box] = await Promise.all([
    crypto.subtle.generateKey(signing, false, ['sign', 'verify']),
    crypto.subtle.generateKey(agreement, false, ['deriveBits']),
  ]);
  return store.addDevice({ sign, box });
}

function isDeviceId(text: string): text is DeviceId {
  return /^[\w-]{43}$/.test(text);
}

export async function describeDevice({ sign, box }: DevicePairs): Promise<Device> {
  const [signKey, boxKey] = await Promise.all([exportPublic(sign.publicKey), exportPublic(box.publicKey)]);
  const deviceId = await calculateJwkThumbprint({ ...signKey }, 'sha256');
  if (!isDeviceId(deviceId)) throw new Error('a thumbprint of another length');
  return { deviceId, signKey, boxKey };
}

export async function signProof({ sign }: DevicePairs, proof: DeviceProof): Promise<string> {
  const text = encoder.encode(deviceProofText(proof));
  return toBase64Url(await crypto.subtle.sign({ name: 'ECDSA', hash: 'SHA-256' }, sign.privateKey, text));
}

/**
 * What two people read to each other before a key is given: 60 bits of the key it will be wrapped for. A kiosk that
 * passed on a key of its own could not make one with the same code.
 */
export async function checkCode({ x, y }: DevicePublicKey): Promise<string> {
  const digest = await crypto.subtle.digest('SHA-256', encoder.encode(`skranke check code 1\n${x}\n${y}`));
  const letters = [...new Uint8Array(digest)]
    .slice(0, codeLength)
    .map((byte) => codeLetters[byte % 32] ?? '');
  return (letters.join('').match(/.{4}/g) ?? []).join(' ');
}
