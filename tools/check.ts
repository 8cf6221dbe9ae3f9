import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';

/** `npm run check`: the whole gate, one step after the other; the first failure ends it. */
const steps: readonly (readonly [name: string, program: string, ...args: string[]])[] = [
  ['format and lint', 'biome', 'ci', '--colors=off', '--diagnostic-level=error', '.'],
  ['types', 'tsc', '-b', '--pretty', 'false'],
  ['layers', 'depcruise', 'server/src', 'client/src', '--config', '.dependency-cruiser.mjs'],
  ['generated files', 'tsx', 'tools/generate.ts', '--check'],
  ['build', 'tsx', 'esbuild.ts'],
  ['tests', 'vitest', 'run'],
];

const root = fileURLToPath(new URL('../', import.meta.url));
for (const [name, program, ...args] of steps) {
  const started = Date.now();
  console.log(`\n== ${name}`);
  const { status } = spawnSync(`${root}node_modules/.bin/${program}`, args, { cwd: root, stdio: 'inherit' });
  if (status !== 0) {
    console.error(`${name} failed`);
    process.exit(1);
  }
  console.log(`${name}: ${((Date.now() - started) / 1000).toFixed(1)} s`);
}
