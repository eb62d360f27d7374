/** A mistake in a file or an option of IT's: one sentence that names the place and what was expected. Exit code 2. */
export class ConfigError extends Error {
  override readonly name = 'ConfigError';
  /** The key of the configuration it is about, where it is about one. */
  readonly key: string | null;

  constructor(sentence: string, key: string | null = null) {
    super(sentence);
    this.key = key;
  }
}
