/** Ends a switch over a union: a new word that nobody handled fails type-checking, and at run time says so. */
export function assertNever(value: never): never {
  throw new Error(`not handled: ${JSON.stringify(value)}`);
}
