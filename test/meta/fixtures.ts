import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { rules } from '../../server/src/rules/index.gen.js';
import { root } from './source-files.js';

/** A small project: path → text. */
export interface Fixture {
  readonly name: string;
  /** Rule whose example it is; undefined for a sample. */
  readonly rule: string | undefined;
  readonly files: Readonly<Record<string, string>>;
}

/** Files of a folder of the repository, by path relative to it. */
export function filesOf(folder: string): Record<string, string> {
  const files: Record<string, string> = {};
  for (const entry of readdirSync(join(root, folder), { withFileTypes: true, recursive: true })) {
    if (!entry.isFile() || entry.parentPath.includes('__pycache__')) continue;
    const path = join(entry.parentPath, entry.name);
    files[path.slice(join(root, folder).length + 1).replaceAll('\\', '/')] = readFileSync(path, 'utf8');
  }
  return files;
}

/** The samples, and every example of every rule before and after. */
export function fixtures(): Fixture[] {
  const samples = ['loan-default', 'loan-default-secure'].map((name) => ({
    name,
    rule: undefined,
    files: filesOf(`samples/${name}`),
  }));
  const examples = rules.flatMap(({ id, rule }) =>
    rule.examples.flatMap(({ bad, good, path = 'train.py', given = {}, files = {} }, index) => {
      const pins = Object.entries(given).map(([name, version]) => `${name}==${version}\n`);
      const around = { ...(pins.length === 0 ? {} : { 'requirements.txt': pins.join('') }), ...files };
      return Object.entries({ bad, good }).flatMap(([kind, text]) =>
        text === undefined
          ? []
          : [{ name: `${id} ${index + 1} ${kind}`, rule: id, files: { ...around, [path]: text.replace(/[«»]/g, '') } }],
      );
    }),
  );
  return [...samples, ...examples];
}
