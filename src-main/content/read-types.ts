import type { Question, ReportType } from '../contract/content.ts';
import type { HomeDoor, HomeMenu } from '../contract/menu.ts';
import { fileIn, kindOf, readInLayers, type Entry, type Kind, type Layers } from './layers.ts';
import {
  districtMenuFileSchema,
  menuFileSchema,
  questionsFileSchema,
  reportTypeFileSchema,
  type MenuFile,
} from './schemas.ts';

export type MenuGroup = MenuFile['groups'][number];

export interface ReadTypes {
  readonly types: Kind<ReportType>;
  /** All there are files for, those that could not be read among them: others may name these. */
  readonly typeIds: ReadonlySet<string>;
  readonly groups: Kind<MenuGroup>;
  readonly doors: Kind<HomeDoor>;
  readonly menus: Kind<HomeMenu>;
  /** Types in the order in which they are offered, a district's first; those not named come after. */
  readonly menuOrder: readonly string[];
}

const idOf = ({ id }: { readonly id: string }): string => id;

/** Questions that types share, by id: a district's in place of those that ship. */
interface SharedQuestions {
  readonly byId: ReadonlyMap<string, Question>;
  readonly isWhole: boolean;
}

async function readShared(layers: Layers): Promise<SharedQuestions> {
  const files = await readInLayers(layers, 'questions.json', questionsFileSchema);
  const { entries, isWhole } = kindOf(files, 'questions', ({ questions }) => questions, idOf);
  return { byId: new Map(entries.map(({ id, value }) => [id, value])), isWhole };
}

async function readLayerTypes(
  layer: Layers[number],
  folder: string,
  shared: SharedQuestions,
): Promise<{ readonly names: readonly string[] | null; readonly entries: Entry<ReportType>[] }> {
  const names = await layer.files.list(folder, '.json');
  const entries: Entry<ReportType>[] = [];
  for (const name of names ?? []) {
    const read = await layer.files.json(name, reportTypeFileSchema);
    if (read === null) continue;
    const named = read.questions.filter((each) => typeof each === 'string');
    const unknown = named.filter((id) => !shared.byId.has(id));
    for (const id of unknown)
      if (shared.isWhole)
        layer.files.refuse(
          name,
          'questions',
          `expected the id of a question in questions.json, found "${id}"`,
        );
    if (unknown.length > 0) continue;
    const questions = read.questions.flatMap((each) =>
      typeof each === 'string' ? (shared.byId.get(each) ?? []) : each,
    );
    entries.push({ id: read.id, value: { ...read, questions }, file: layer.files.named(name), layer });
  }
  return { names, entries };
}

/** Types with whole questions, and the menu that leads to them. */
export async function readTypes(layers: Layers, isDemonstration: boolean): Promise<ReadTypes> {
  const shared = await readShared(layers);
  const names: string[] = [];
  const entries: Entry<ReportType>[] = [];
  const [shipped] = layers;
  const folders = [
    ...layers.map((layer) => ({ layer, folder: fileIn(layer, 'report-types') })),
    ...(isDemonstration ? [{ layer: shipped, folder: 'demonstration/report-types' }] : []),
  ];
  for (const { layer, folder } of folders) {
    const read = await readLayerTypes(layer, folder, shared);
    names.push(...(read.names ?? []));
    entries.push(...read.entries);
  }
  const menus = await readInLayers(layers, 'menu.json', menuFileSchema, {
    partly: districtMenuFileSchema,
  });
  const typeIds = new Set(names.map((name) => name.slice(name.lastIndexOf('/') + 1, -'.json'.length)));
  for (const { read, layer } of menus)
    for (const id of read?.reportTypes ?? [])
      if (!typeIds.has(id))
        layer.files.refuse(
          fileIn(layer, 'menu.json'),
          'reportTypes',
          `expected a type of report, found "${id}"`,
        );
  return {
    types: { entries, list: 'report-types', isWhole: entries.length === names.length },
    typeIds,
    doors: kindOf(menus, 'doors', ({ doors }) => doors, idOf),
    menus: kindOf(menus, 'menus', ({ menus: of }) => of, idOf),
    groups: kindOf(menus, 'groups', ({ groups }) => groups, idOf),
    menuOrder: menus.toReversed().flatMap(({ read }) => read?.reportTypes ?? []),
  };
}
