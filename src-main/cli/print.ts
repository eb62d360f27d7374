/** Lines for a person or one line of JSON for a program; never anything of a report. */
export function say(line: string): void {
  process.stdout.write(`${line}\n`);
}

export function complain(sentence: string): void {
  process.stderr.write(`skranke: ${sentence}\n`);
}
