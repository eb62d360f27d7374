import type { Answer } from '../../src-main/contract/answer.ts';
import type { PlaceRouting } from '../../src-main/contract/station.ts';
import { normalizePostcode } from '../../src-main/domain/digits.ts';
import type { PlaceInput } from '../../src-main/domain/draft-input.ts';
import type { VisitKiosk } from './visit-kiosk.svelte.ts';

export interface Municipality {
  readonly code: string;
  readonly name: string;
}
export type PlaceProblem = 'which-municipality' | 'unknown-postcode';

/** Asks the services what a postcode means, and remembers what they said for this visit. */
export class VisitPlace {
  /** The municipalities to choose from, while the postcode alone does not decide the district. */
  municipalities = $state.raw<readonly Municipality[]>([]);
  /** The towns of the postcodes typed so far. */
  #towns = $state.raw<Readonly<Record<string, string>>>({});
  /** The names of the municipalities offered so far. */
  #names: Readonly<Record<string, string>> = {};
  readonly #kiosk: VisitKiosk;
  /** What was said once: whoever goes on after it knows better than our list, or knows no more. */
  #told: readonly string[] = [];

  constructor(kiosk: VisitKiosk) {
    this.#kiosk = kiosk;
  }

  /** The town of what was typed, once it is known: it shows that the postcode was understood. */
  townOf(typedPostcode: string): string | null {
    const postcode = normalizePostcode(typedPostcode);
    return postcode === null ? null : (this.#towns[postcode] ?? null);
  }

  /** What was typed so far; a municipality that was chosen belonged to another postcode. */
  type(input: PlaceInput, typedPostcode: string): void {
    input.postcode = typedPostcode;
    input.municipalityCode = null;
    this.municipalities = [];
    void this.look(typedPostcode);
  }

  /** Asks for the town while the visitor is still typing. */
  async look(typedPostcode: string): Promise<void> {
    const postcode = normalizePostcode(typedPostcode);
    if (postcode !== null && this.#towns[postcode] === undefined) await this.#ask(postcode, null);
  }

  /** What is still to be asked about a place; a line that is down asks nothing, the district sorts it out. */
  async check(input: PlaceInput): Promise<PlaceProblem | null> {
    const postcode = input.setting === 'place' ? normalizePostcode(input.postcode) : null;
    this.municipalities = [];
    if (postcode === null) return null;
    const routing = await this.#ask(postcode, input.municipalityCode);
    if (routing === null) return null;
    if (routing.kind === 'district' || this.#told.includes(postcode)) return null;
    this.#told = [...this.#told, postcode];
    if (routing.kind === 'unknown-postcode') return 'unknown-postcode';
    this.municipalities = routing.municipalities.toSorted((one, other) =>
      one.name.localeCompare(other.name, 'da'),
    );
    return 'which-municipality';
  }

  /** The answer with the names of its town and municipality, for readers who have no tables. */
  named(answer: Answer): Answer {
    if (answer.kind !== 'place' || answer.postcode === null) return answer;
    const town = this.#towns[answer.postcode];
    const municipality = this.#names[answer.municipalityCode ?? ''];
    return {
      ...answer,
      ...(town === undefined ? {} : { town }),
      ...(municipality === undefined ? {} : { municipality }),
    };
  }

  async #ask(postcode: string, municipalityCode: string | null): Promise<PlaceRouting | null> {
    const routing = await this.#kiosk.line.client
      .routePlace({ postcode, municipalityCode })
      .catch(() => null);
    if (routing === null || routing.kind === 'unknown-postcode') return routing;
    this.#towns = { ...this.#towns, [postcode]: routing.place };
    if (routing.kind === 'ambiguous')
      this.#names = {
        ...this.#names,
        ...Object.fromEntries(routing.municipalities.map(({ code, name }) => [code, name])),
      };
    return routing;
  }
}
