/**
 * Who may import whom. The lint reads this table (test/tools/lint/layers-rule.ts); test/layers.test.ts plants one
 * violation for every row. A file belongs to the row with the longest matching folder.
 */
export interface Layer {
  readonly folder: string;
  /** Folders it may import, next to its own. A folder includes those below it unless they have a row of their own. */
  readonly may: readonly string[];
  /** Folders it may import with `import type` only. */
  readonly mayTypesOf: readonly string[];
  /** Packages it may import; `any` where the layer is free to choose. */
  readonly packages: 'any' | readonly string[];
  readonly mayUseNode: boolean;
}

const contract = 'src-main/contract';
const domain = 'src-main/domain';
const sealing = 'src-main/sealing';
const receipt = 'src-main/receipt';
const content = 'src-main/content';
const adapters = 'src-main/adapters';
const sync = 'src-main/sync';
const services = 'src-main/services';
const app = 'src-main/app';
const electron = 'src-main/hosts/electron';
const node = 'src-main/hosts/node';
const pages = 'src-main/hosts/pages';
const network = 'src-main/hosts/network';
const cli = 'src-main/cli';
const api = 'src-renderer/api';
const i18n = 'src-renderer/i18n';
const ui = 'src-renderer/ui';
const station = 'src-renderer/station';
const state = 'src-renderer/state';
const visitor = 'src-renderer/visitor';
const desk = 'src-renderer/desk';
const district = 'src-renderer/district';

const main = { mayTypesOf: [], packages: 'any', mayUseNode: true } as const;
const screen = { mayTypesOf: [], packages: 'any', mayUseNode: false } as const;
const belowApp = [contract, domain, 'db', sealing, receipt, content, adapters, sync, services, 'resources'];

export const layers: readonly Layer[] = [
  {
    folder: contract,
    may: [],
    mayTypesOf: [],
    packages: ['zod', '@orpc/contract'],
    mayUseNode: false,
  },
  // JSON Logic: the screen and the border ask the same rules.
  { folder: domain, may: [], mayTypesOf: [contract], packages: ['json-logic-js'], mayUseNode: false },
  { folder: 'db', may: [contract, domain], ...main },
  { folder: sealing, may: [contract, domain], ...main },
  { folder: receipt, may: [contract, domain, 'resources'], ...main },
  { folder: content, may: [contract, domain, 'resources'], ...main },
  { folder: adapters, may: [contract, domain], ...main },
  { folder: sync, may: [contract, domain, 'db', sealing], ...main },
  { folder: services, may: [contract, domain, 'db', sealing, receipt], ...main },
  // The embedded intake of the demonstration is wired here, like everything else.
  { folder: app, may: [...belowApp, 'src-district'], ...main },
  { folder: electron, may: [app, adapters, contract, pages, network], ...main },
  { folder: node, may: [app, adapters, contract, pages], ...main },
  { folder: pages, may: [], ...main },
  // Desks over the network are Node's listener under either host.
  { folder: network, may: [app, contract, pages, node], ...main },
  // The command line chooses the host and can serve an intake of its own.
  { folder: cli, may: [app, adapters, contract, electron, node, network, pages, 'src-district'], ...main },
  { folder: 'src-district', may: [contract], ...main },
  { folder: api, may: [], ...screen, mayTypesOf: [contract] },
  { folder: i18n, may: ['resources'], ...screen, mayTypesOf: [contract] },
  { folder: ui, may: [i18n], ...screen },
  // What visitors read of a station: on their own screen, and in the desk's preview.
  { folder: station, may: [ui, i18n, contract, domain], ...screen },
  { folder: state, may: [api, contract, domain], ...screen },
  { folder: visitor, may: [ui, station, state, i18n, contract, domain], ...screen },
  { folder: desk, may: [ui, station, state, i18n, contract, domain], ...screen },
  // The intake's own page: its administrators, kiosks and readers.
  { folder: district, may: [ui, i18n, contract], ...screen },
  // The entry pages: they alone put a port, a state and the screens together.
  {
    folder: 'src-renderer',
    may: [api, i18n, ui, state, visitor, desk, district],
    ...screen,
    mayTypesOf: [contract],
  },
  { folder: 'resources', may: [], mayTypesOf: [], packages: [], mayUseNode: false },
];
