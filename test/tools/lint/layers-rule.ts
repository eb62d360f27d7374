import { builtinModules } from 'node:module';
import path from 'node:path';
import type { Rule } from 'eslint';
import type { Layer } from '../../../src-main/contract/layers.ts';

interface Import {
  readonly specifier: string;
  readonly isTypeOnly: boolean;
}

const isWithin = (folder: string, file: string): boolean => file === folder || file.startsWith(`${folder}/`);

const layerOf = (layers: readonly Layer[], file: string): Layer | undefined =>
  layers
    .filter((layer) => isWithin(layer.folder, file))
    .toSorted((a, b) => b.folder.length - a.folder.length)[0];

/** What is wrong with one import, as a sentence, or undefined. `file` is relative to the project's root, with slashes. */
export function importFault(layers: readonly Layer[], file: string, found: Import): string | undefined {
  const { specifier } = found;
  const from = layerOf(layers, file);
  if (specifier.startsWith('.')) return pathFault(layers, file, found);
  if (from === undefined) return undefined;
  if (specifier.startsWith('node:') || builtinModules.includes(specifier)) {
    return from.mayUseNode ? undefined : `${from.folder} may not use Node (${specifier})`;
  }
  if (from.packages === 'any') return undefined;
  const isAllowed = from.packages.some((name) => specifier === name || specifier.startsWith(`${name}/`));
  return isAllowed ? undefined : `${from.folder} may not import the package ${specifier}`;
}

function pathFault(layers: readonly Layer[], file: string, found: Import): string | undefined {
  const target = path.posix.join(path.posix.dirname(file), found.specifier);
  const from = layerOf(layers, file);
  if (from === undefined) return undefined;
  if (isWithin('test', target)) return 'nobody imports test';
  const to = layerOf(layers, target);
  if (to === undefined) return `${from.folder} may not import ${target}`;
  if (to === from || from.may.includes(to.folder)) return undefined;
  if (!from.mayTypesOf.includes(to.folder)) return `${from.folder} may not import ${to.folder}`;
  return found.isTypeOnly
    ? undefined
    : `${from.folder} may import ${to.folder} only as a whole \`import type\``;
}

/** The rule `house/layers`; its options are the root folder and the table. */
export const layersRule: Rule.RuleModule = {
  meta: { type: 'problem', schema: [{ type: 'object' }] },
  create(context) {
    const { root, layers }: { root: string; layers: readonly Layer[] } = context.options[0];
    const file = path.relative(root, context.filename).split(path.sep).join('/');
    const judge = (node: Rule.Node): void => {
      const specifier =
        'source' in node && node.source != null && 'value' in node.source && node.source.value;
      if (typeof specifier !== 'string') return;
      // The parser for TypeScript adds these two; ESTree does not know them.
      const kind = Reflect.get(node, 'importKind') ?? Reflect.get(node, 'exportKind');
      const message = importFault(layers, file, { specifier, isTypeOnly: kind === 'type' });
      if (message !== undefined) context.report({ node, message });
    };
    return {
      ImportDeclaration: judge,
      ExportNamedDeclaration: judge,
      ExportAllDeclaration: judge,
      ImportExpression: judge,
    };
  },
};
