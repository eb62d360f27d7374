/** What is used of the package, which brings no types: XLIFF 1.2 to an object and back. */
declare module 'xliff' {
  interface XliffUnit {
    readonly source: string;
    readonly target?: string;
    readonly note?: string;
    readonly additionalAttributes?: Readonly<Record<string, string>>;
  }
  interface XliffFile {
    readonly sourceLanguage: string;
    readonly targetLanguage: string;
    readonly resources: Readonly<Record<string, Readonly<Record<string, XliffUnit>>>>;
  }
  const xliff: {
    jsToXliff12(file: XliffFile): Promise<string>;
    /** Whatever stands in the file: to be parsed before it is believed. */
    xliff12ToJs(text: string, options: { readonly inlineAsString: boolean }): Promise<unknown>;
  };
  // eslint-disable-next-line import-x/no-default-export -- the package has no other
  export default xliff;
}
