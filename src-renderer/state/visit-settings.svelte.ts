import type { Language } from '../../src-main/contract/ids.ts';
import type { Theme } from '../../src-main/contract/visitor.ts';

export type TextSize = '1' | '1.25' | '1.5';

export const textSizes: readonly TextSize[] = ['1', '1.25', '1.5'];

/** How one visitor wants to read; gone with the visit. */
export class VisitSettings {
  textSize = $state<TextSize>('1');
  /** Null: as the lobby is set up. */
  theme = $state<Theme | null>(null);
  /** One thing at a time, in short sentences and with pictures. */
  isEasy = $state(false);
  /** Nothing on the screen moves or fades. */
  isStill = $state(false);
  isLowReach = $state(false);
  /** The letters of the on-screen keyboard that were chosen last. */
  letters = $state<Language | null>(null);
  /** English under drafted text, for who reads neither Danish nor is sure of the translation. */
  showsEnglish = $state(false);

  get isChanged(): boolean {
    return this.textSize !== '1' || this.theme !== null || this.isEasy || this.isStill || this.isLowReach;
  }
}
