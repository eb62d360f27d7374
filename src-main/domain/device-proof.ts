/** What a desk signs to be let in. It names where the page believes to be: a proof given to one origin is none at another. */
export interface DeviceProof {
  readonly purpose: 'prove' | 'register';
  readonly origin: string;
  readonly kioskId: string;
  /** Made for one connection. */
  readonly challenge: string;
}

export function deviceProofText({ purpose, origin, kioskId, challenge }: DeviceProof): string {
  return ['skranke desk 1', purpose, origin, kioskId, challenge].join('\n');
}
