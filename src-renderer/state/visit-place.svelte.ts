import { normalizePostcode } from '../../src-main/domain/digits.ts';
import type { PlaceInput } from '../../src-main/domain/draft-input.ts';
import type { VisitKiosk } from './visit-kiosk.svelte.ts';

export interface Municipality {
  readonly code: string;
  readonly name: string;
}
export type PlaceProblem = 'which-municipality' | 'unknown-postcode';

/** Asks the services what a postcode means, once per postcode. */
export class VisitPlace {
  /** The municipalities to choose from, while the postcode alone does not decide the district. */
  municipalities = $state.raw<readonly Municipality[]>([]);
  /** The town of the postcode, to show that it was understood. */
  town = $state<string | null>(null);
  readonly #kiosk: VisitKiosk;
  #warnedOf: string | null = null;

  constructor(kiosk: VisitKiosk) {
    this.#kiosk = kiosk;
  }

  /** What is still to be asked about a place; a line that is down asks nothing, the district sorts it out. */
  async check(input: PlaceInput): Promise<PlaceProblem | null> {
    const postcode = normalizePostcode(input.postcode);
    this.municipalities = [];
    this.town = null;
    if (postcode === null) return null;
    const municipalityCode = input.municipalityCode;
    const routing = await this.#kiosk.line.client
      .routePlace({ postcode, municipalityCode })
      .catch(() => null);
    if (routing === null) return null;
    if (routing.kind === 'ambiguous') {
      this.municipalities = routing.municipalities;
      this.town = routing.place;
      return 'which-municipality';
    }
    if (routing.kind === 'district') {
      this.town = routing.place;
      return null;
    }
    // Said once: whoever insists knows a place that our list does not.
    if (this.#warnedOf === postcode) return null;
    this.#warnedOf = postcode;
    return 'unknown-postcode';
  }
}
