import type { TextTree } from '../contract/content.ts';

/** The words at a dotted key, or null when the tree holds none there. */
export function textAt(tree: TextTree, key: string): string | null {
  let node: string | TextTree | undefined = tree;
  for (const step of key.split('.')) {
    if (node === undefined || typeof node === 'string') return null;
    node = node[step];
  }
  return typeof node === 'string' ? node : null;
}

/** Paragraphs of a longer text: an empty line separates them. */
export function paragraphsOf(text: string): string[] {
  return text.split(/\n\s*\n/).filter((paragraph) => paragraph.trim() !== '');
}
