import type { PublicKey } from '../src-main/contract/keys.ts';

/** A district whose public keys this intake was given. */
export interface IntakeDistrict {
  /** `nordjylland`, as in content and in the names of key files. */
  readonly districtId: string;
  /** The two digits in front of its kiosks' numbers; null where content does not know the district. */
  readonly district: string | null;
  /** The first is the one to seal for. */
  readonly keys: readonly [PublicKey, ...PublicKey[]];
}
