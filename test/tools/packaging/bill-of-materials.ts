import { createHash } from 'node:crypto';
import { existsSync, readFileSync, readdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { z } from 'zod';
import { root } from '../process.ts';
import { runCommand } from './run-command.ts';

const componentSchema = z.looseObject({
  'bom-ref': z.string(),
  name: z.string(),
  version: z.string(),
});
const billSchema = z.looseObject({
  metadata: z.looseObject({ component: z.looseObject({}) }),
  components: z.array(componentSchema),
  dependencies: z.array(z.looseObject({ ref: z.string(), dependsOn: z.array(z.string()).default([]) })),
});
const packageSchema = z.object({ name: z.string(), version: z.string() });

/** What npm itself tells of everything that is installed here, in CycloneDX. */
function askNpm(): z.infer<typeof billSchema> {
  const args = ['sbom', '--sbom-format', 'cyclonedx'];
  const npm = process.env['npm_execpath'];
  const told =
    npm === undefined
      ? runCommand('npm', args, { cwd: root })
      : runCommand(process.execPath, [npm, ...args], { cwd: root });
  return billSchema.parse(JSON.parse(told));
}

/** Name and version of every package below a folder that holds a program's modules. */
export function packagesBelow(folder: string): string[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((name) => /(^|\/)node_modules\/(@[^/]+\/)?[^/]+\/package\.json$/.test(name))
    .map((name) => packageSchema.safeParse(JSON.parse(readFileSync(path.join(folder, name), 'utf8'))))
    .flatMap(({ data }) => (data === undefined ? [] : [`${data.name}@${data.version}`]));
}

/** Packages whose modules the bundler put into the screens, the shell and the commands; written by the build. */
function bundledPackages(): string[] {
  const folder = path.join(root, 'out', 'bundled');
  if (!existsSync(folder)) throw new Error(`${folder}: the build left no list of what it bundled.`);
  return readdirSync(folder).flatMap((name) =>
    z.array(z.string()).parse(JSON.parse(readFileSync(path.join(folder, name), 'utf8'))),
  );
}

const versionOf = (name: string): string =>
  packageSchema.parse(JSON.parse(readFileSync(path.join(root, 'node_modules', name, 'package.json'), 'utf8')))
    .version;

/** A UUID made from the text, so that the same package has the same bill. */
function serialOf(text: string): string {
  const hex = createHash('sha256').update(text).digest('hex');
  return `urn:uuid:${hex.slice(0, 8)}-${hex.slice(8, 12)}-8${hex.slice(13, 16)}-a${hex.slice(17, 20)}-${hex.slice(20, 32)}`;
}

export interface BillParts {
  /** The unpacked program. */
  readonly program: string;
  readonly version: string;
  readonly seconds: number;
  readonly file: string;
}

/**
 * Writes what ships and nothing else: what lies in the package, what was bundled into it, and the two runtimes.
 * @throws Error where something ships that npm knows nothing of.
 */
export function writeBill({ program, version, seconds, file }: BillParts): number {
  const bill = askNpm();
  const runtimes = ['node', 'electron'].map((name) => `${name}@${versionOf(name)}`);
  const shipped = new Set([...packagesBelow(program), ...bundledPackages(), ...runtimes]);
  const components = bill.components.filter(({ name, version: of }) => shipped.has(`${name}@${of}`));
  const known = new Set(components.map(({ name, version: of }) => `${name}@${of}`));
  const unknown = [...shipped].filter((one) => !known.has(one));
  if (unknown.length > 0) throw new Error(`the bill of materials knows nothing of ${unknown.join(', ')}`);
  const refs = new Set(components.map((one) => one['bom-ref']));
  const own = `skranke@${version}`;
  const dependencies = bill.dependencies
    .filter(({ ref }) => refs.has(ref))
    .map(({ ref, dependsOn }) => ({ ref, dependsOn: dependsOn.filter((one) => refs.has(one)) }));
  const shippedBill = {
    ...bill,
    metadata: {
      ...bill.metadata,
      timestamp: new Date(seconds * 1000).toISOString(),
      component: {
        ...bill.metadata.component,
        ...{
          'bom-ref': own,
          type: 'application',
          name: 'skranke',
          version,
          purl: `pkg:deb/skranke@${version}`,
        },
      },
    },
    components: components.map((one) => ({ ...one, scope: 'required' })),
    dependencies: [{ ref: own, dependsOn: [...refs] }, ...dependencies],
  };
  const text = JSON.stringify({ ...shippedBill, serialNumber: undefined }, null, 2);
  writeFileSync(file, `${JSON.stringify({ ...shippedBill, serialNumber: serialOf(text) }, null, 2)}\n`);
  return components.length;
}
