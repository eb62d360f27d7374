import http from 'node:http';
import https from 'node:https';
import {
  registeredSchema,
  registerKiosk,
  registrationRefusals,
  renewalRefusals,
  renewedSchema,
  renewKioskKey,
  type Registration,
  type RegistrationRefusal,
  type Renewal,
  type RenewalRefusal,
} from '../contract/kiosk-api.ts';
import type { KioskId } from '../contract/ids.ts';
import type { ContentPublicKey, PublicKey } from '../contract/keys.ts';
import type { DeliveryProblem } from '../domain/ports.ts';
import { z } from 'zod';
import { parseDistrictUrl } from './http-district.ts';
import { exchange } from './http-exchange.ts';

export type RegistrationOutcome =
  | {
      readonly outcome: 'registered';
      readonly kioskId: KioskId;
      readonly districtKeys: Readonly<Record<string, PublicKey>>;
      readonly contentKeys: Readonly<Record<string, ContentPublicKey>>;
    }
  | { readonly outcome: 'refused'; readonly problem: RegistrationRefusal | 'malformed' }
  | { readonly outcome: 'failed'; readonly problem: DeliveryProblem };

const refusalSchema = z.object({ problem: z.enum([...registrationRefusals, 'malformed']) });
const deadlines = { connectMs: 10_000, idleMs: 20_000, totalMs: 60_000 };

/** Registers this kiosk's key with a one-time code; may be repeated with the same key. */
export async function registerAtDistrict(
  district: District,
  registration: Registration,
): Promise<RegistrationOutcome> {
  const answer = await post(district, registerKiosk.path, registration);
  if (answer.kind === 'problem') return { outcome: 'failed', problem: answer.problem };
  const registered = registeredSchema.safeParse(answer.content);
  if (answer.status === 200 && registered.success) return { outcome: 'registered', ...registered.data };
  const refused = refusalSchema.safeParse(answer.content);
  if (refused.success) return { outcome: 'refused', problem: refused.data.problem };
  return { outcome: 'failed', problem: problemOf(answer.status) };
}

export type RenewalOutcome =
  | { readonly outcome: 'renewed' }
  | { readonly outcome: 'refused'; readonly problem: RenewalRefusal | 'malformed' }
  | { readonly outcome: 'failed'; readonly problem: DeliveryProblem };

const renewalRefusalSchema = z.object({ problem: z.enum([...renewalRefusals, 'malformed']) });

/** Tells the district of this kiosk's next key; may be repeated with the same one. */
export async function renewAtDistrict(district: District, renewal: Renewal): Promise<RenewalOutcome> {
  const answer = await post(district, renewKioskKey.path, renewal);
  if (answer.kind === 'problem') return { outcome: 'failed', problem: answer.problem };
  const renewed = renewedSchema.safeParse(answer.content);
  const isOurs =
    renewed.success && renewed.data.kioskId === renewal.kioskId && renewed.data.keyId === renewal.newKeyId;
  if (answer.status === 200 && isOurs) return { outcome: 'renewed' };
  const refused = renewalRefusalSchema.safeParse(answer.content);
  if (refused.success) return { outcome: 'refused', problem: refused.data.problem };
  return { outcome: 'failed', problem: problemOf(answer.status) };
}

interface District {
  readonly url: string;
  readonly certificateAuthority: string | null;
}
type Posted =
  | { readonly kind: 'answer'; readonly status: number; readonly content: unknown }
  | { readonly kind: 'problem'; readonly problem: DeliveryProblem };

async function post(district: District, path: string, body: object): Promise<Posted> {
  const address = parseDistrictUrl(district.url);
  if (!address.ok) throw new Error(`district address: ${address.problem}`);
  const target = new URL(address.url);
  target.pathname = `${target.pathname.replace(/\/+$/, '')}${path}`;
  const ca = district.certificateAuthority === null ? {} : { ca: district.certificateAuthority };
  const agent =
    target.protocol === 'http:'
      ? new http.Agent()
      : new https.Agent({ ...ca, minVersion: 'TLSv1.2', rejectUnauthorized: true });
  try {
    const { signal } = new AbortController();
    const answer = await exchange({ target, agent, deadlines, signal, body: JSON.stringify(body) });
    if (answer.kind === 'problem') return answer;
    const content = answer.isJson ? readJson(answer.body) : undefined;
    return { kind: 'answer', status: answer.status, content };
  } finally {
    agent.destroy();
  }
}

function problemOf(status: number): DeliveryProblem {
  return status >= 500 || status === 429 ? 'server-error' : 'not-an-acknowledgement';
}

function readJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
