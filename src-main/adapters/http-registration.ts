import http from 'node:http';
import https from 'node:https';
import {
  registeredSchema,
  registerKiosk,
  registrationRefusals,
  type Registration,
  type RegistrationRefusal,
} from '../contract/kiosk-api.ts';
import type { KioskId } from '../contract/ids.ts';
import type { PublicKey } from '../contract/keys.ts';
import type { DeliveryProblem } from '../domain/ports.ts';
import { z } from 'zod';
import { parseDistrictUrl } from './http-district.ts';
import { exchange } from './http-exchange.ts';

export type RegistrationOutcome =
  | {
      readonly outcome: 'registered';
      readonly kioskId: KioskId;
      readonly districtKeys: Readonly<Record<string, PublicKey>>;
    }
  | { readonly outcome: 'refused'; readonly problem: RegistrationRefusal | 'malformed' }
  | { readonly outcome: 'failed'; readonly problem: DeliveryProblem };

const refusalSchema = z.object({ problem: z.enum([...registrationRefusals, 'malformed']) });
const deadlines = { connectMs: 10_000, idleMs: 20_000, totalMs: 60_000 };

/** Registers this kiosk's key with a one-time code; may be repeated with the same key. */
export async function registerAtDistrict(
  district: { readonly url: string; readonly certificateAuthority: string | null },
  registration: Registration,
): Promise<RegistrationOutcome> {
  const address = parseDistrictUrl(district.url);
  if (!address.ok) throw new Error(`district address: ${address.problem}`);
  const target = new URL(address.url);
  target.pathname = `${target.pathname.replace(/\/+$/, '')}${registerKiosk.path}`;
  const ca = district.certificateAuthority === null ? {} : { ca: district.certificateAuthority };
  const agent =
    target.protocol === 'http:'
      ? new http.Agent()
      : new https.Agent({ ...ca, minVersion: 'TLSv1.2', rejectUnauthorized: true });
  try {
    const { signal } = new AbortController();
    const answer = await exchange({ target, agent, deadlines, signal, body: JSON.stringify(registration) });
    if (answer.kind === 'problem') return { outcome: 'failed', problem: answer.problem };
    const content = answer.isJson ? readJson(answer.body) : undefined;
    const registered = registeredSchema.safeParse(content);
    if (answer.status === 200 && registered.success) return { outcome: 'registered', ...registered.data };
    const refused = refusalSchema.safeParse(content);
    if (refused.success) return { outcome: 'refused', problem: refused.data.problem };
    const isBusy = answer.status >= 500 || answer.status === 429;
    return { outcome: 'failed', problem: isBusy ? 'server-error' : 'not-an-acknowledgement' };
  } finally {
    agent.destroy();
  }
}

function readJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
