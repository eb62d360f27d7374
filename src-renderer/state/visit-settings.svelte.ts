import type { Language } from '../../src-main/contract/ids.ts';

export type TextSize = '1' | '1.25' | '1.5';

const sizes: readonly TextSize[] = ['1', '1.25', '1.5'];

/** How one visitor wants to read; gone with the visit. */
export class VisitSettings {
  textSize = $state<TextSize>('1');
  isHighContrast = $state(false);
  isLowReach = $state(false);
  /** The letters of the on-screen keyboard that were chosen last. */
  letters = $state<Language | null>(null);
  /** English under drafted text, for who reads neither Danish nor is sure of the translation. */
  showsEnglish = $state(false);

  /** The next larger size, and after the largest the first again. */
  nextTextSize(): void {
    this.textSize = sizes[(sizes.indexOf(this.textSize) + 1) % sizes.length] ?? '1';
  }

  get isChanged(): boolean {
    return this.textSize !== '1' || this.isHighContrast || this.isLowReach;
  }
}
