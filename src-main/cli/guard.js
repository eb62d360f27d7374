#!/usr/bin/env node
// Plain JavaScript without a static import: it must be readable by a Node too old for everything that follows, and
// better-sqlite3 ends such a Node without a word.
const [major] = process.versions.node.split('.');

if (Number(major) < 24) {
  process.stderr.write(
    `skranke: Node ${process.versions.node} is too old, Node 24 or newer is needed; in a clone start through npm, which brings its own.\n`,
  );
  process.exit(2);
}

// In the built tree this line points at the bundled command line beside this file.
await import('./skranke.ts');
