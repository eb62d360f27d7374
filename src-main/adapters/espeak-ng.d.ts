/** What is used of eSpeak NG compiled to WebAssembly; the package brings no types. */
declare module '@echogarden/espeak-ng-emscripten' {
  export interface EspeakVoice {
    /** 0 when there is such a voice; otherwise the one before stays. */
    set_voice(name: string): number;
    set_rate(wordsPerMinute: number): void;
    get_samplerate(): number;
    /** The listener answers true to have it stop. */
    synthesize(text: string, onSound: (samples: Int16Array | null) => boolean): void;
  }
  export interface EspeakModule {
    readonly eSpeakNGWorker: new () => EspeakVoice;
  }
  const openEspeak: () => Promise<EspeakModule>;
  // eslint-disable-next-line import-x/no-default-export -- the package has no other
  export { openEspeak as default };
}
