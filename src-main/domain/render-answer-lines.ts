/** One line of an answer in two columns, side by side. */
export interface AnswerLine {
  /** What the line is about, in Danish, where the question alone does not say it. */
  readonly label: string | null;
  /** What can be said exactly in Danish: a code, a date, a number in the groups in which it is copied. */
  readonly danish: string | null;
  /** The visitor's own keystrokes, untouched. */
  readonly own: string | null;
  /** Heads the lines below it: a thing of a list. */
  readonly isHeading: boolean;
  /** What stands there is hidden until somebody asks for it. */
  readonly isMasked: boolean;
}

/** Words of the desk, by key, with places filled. */
export type Words = (key: string, values?: Readonly<Record<string, string | number>>) => string;

/** Only of plain characters: one that nobody sees is shown where the own words stand. */
function saysTheSame(own: string, danish: string | null): boolean {
  const together = (text: string): string => text.replaceAll(' ', '');
  return danish !== null && /^[\w+.@ -]*$/.test(own) && together(own) === together(danish);
}

/** Gathers the lines of one answer. */
export class Lines {
  readonly all: AnswerLine[] = [];

  exact(danish: string, { label = null, isHeading = false }: Partial<AnswerLine> = {}): void {
    this.all.push({ label, danish, own: null, isHeading, isMasked: false });
  }

  /** `danish` says the same exactly, where that is possible: a number in Latin digits. What is the same is said once. */
  typed(own: string, label: string | null = null, danish: string | null = null, isMasked = false): void {
    if (own === '') return;
    const other = saysTheSame(own, danish) ? null : own;
    this.all.push({ label, danish, own: other, isHeading: false, isMasked });
  }
}
