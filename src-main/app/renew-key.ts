import { appendAudit } from '../../db/stores/audit.ts';
import { renewAtDistrict, type RenewalOutcome } from '../adapters/http-registration.ts';
import { signRenewal } from '../sealing/renewal-proof.ts';
import type { Store } from '../services/store.ts';
import type { AdminAnswer } from './admin.ts';
import type { Config } from './config.ts';
import { districtOf } from './district-address.ts';
import type { Identity } from './identity.ts';
import { keepNextKey, openNextKey } from './key-store.ts';
import type { StationServices } from './station-services.ts';

interface Parts {
  readonly config: Config;
  readonly identity: Identity;
  readonly store: Store;
  readonly services: Pick<StationServices, 'clock' | 'delivery'>;
}

const refused = (sentence: string): AdminAnswer => ({ answer: 'refused', sentence });

const sentences = {
  'unknown-key':
    'The district does not know the key of this kiosk any more: it was revoked, or another machine with this number has renewed it. "skranke district kiosk add" there gives a code for "skranke enrol --code" here.',
  proof: 'The district cannot check the keys of this kiosk. The programs may be of different versions.',
  malformed:
    'The district does not understand the request, or its intake cannot renew keys yet. The key of today stays.',
} as const;

function sentenceFor(outcome: Exclude<RenewalOutcome, { outcome: 'renewed' }>): string {
  return outcome.outcome === 'refused'
    ? sentences[outcome.problem]
    : `The district did not answer as it should (${outcome.problem}). The key of today stays; repeat the command.`;
}

/**
 * Makes a new signing key, has it vouched for by the old one, and signs with it from the next batch and slip on. The old
 * key is kept until the district has said that it knows the new one; whatever breaks off before that is repeated.
 */
export async function renewSigningKey({ config, identity, store, services }: Parts): Promise<AdminAnswer> {
  const address = await districtOf(config, null);
  const { signing, kioskId } = identity;
  if (identity.mode !== 'enrolled' || signing === null || address === null)
    return refused('Only an enrolled kiosk has a key to renew.');
  const old = signing.current();
  const next = await openNextKey(config.dataDir);
  const isSwitched = next.kid === old.kid;
  if (!isSwitched) {
    const outcome = await renewAtDistrict(address, await signRenewal(kioskId, old, next));
    if (outcome.outcome !== 'renewed') return refused(sentenceFor(outcome));
  }
  await keepNextKey(config.dataDir, old, next);
  signing.change(next);
  const occurredAt = services.clock.now().toISOString();
  store.write((db) => {
    appendAudit(db, { occurredAt, actor: 'it', action: 'signing-key-renewed', subject: kioskId });
  });
  // The district ends the old key with the first batch of the new one.
  services.delivery.wake();
  return { answer: 'key-renewed', keyId: next.kid };
}
