import { randomBytes } from 'node:crypto';
import { argon2id, argon2Verify } from 'hash-wasm';

/** Of argon2id. */
export interface HashCost {
  readonly memoryKiB: number;
  readonly iterations: number;
}

/** OWASP's choice for argon2id: about 50 ms a guess. */
const ordinaryCost: HashCost = { memoryKiB: 19_456, iterations: 2 };

export interface PinHasher {
  hash(pin: string): Promise<string>;
  isRight(pin: string, hash: string): Promise<boolean>;
}

export function createPinHasher({ memoryKiB, iterations }: HashCost = ordinaryCost): PinHasher {
  return {
    hash: (pin) =>
      argon2id({
        password: pin.normalize('NFC'),
        salt: randomBytes(16),
        parallelism: 1,
        iterations,
        memorySize: memoryKiB,
        hashLength: 32,
        outputType: 'encoded',
      }),
    isRight: (pin, hash) => argon2Verify({ password: pin.normalize('NFC'), hash }),
  };
}
