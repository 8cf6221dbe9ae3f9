import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

/** `npm run new-rule -- <family>/<id>`: writes a rule that works and its cases, and registers both. */
const root = new URL('../', import.meta.url);
const match = /^([a-z][a-z-]*)\/([a-z][a-z0-9-]*)$/.exec(process.argv[2] ?? '');
if (match === null) {
  console.error('usage: npm run new-rule -- <family>/<id>, e.g. loading/load-example');
  process.exit(2);
}
const [, family, id] = match as unknown as [string, string, string];
const folder = new URL(`server/src/rules/${family}/`, root);
if (existsSync(new URL(`${id}.ts`, folder))) {
  console.error(`${family}/${id} exists already`);
  process.exit(2);
}
mkdirSync(folder, { recursive: true });
for (const kind of ['ts', 'cases.md']) {
  const template = readFileSync(new URL(`tools/templates/rule.${kind}.template`, root), 'utf8');
  const file = new URL(`${id}.${kind}`, folder);
  writeFileSync(file, template.replaceAll('{{id}}', id));
  console.log(`Written: server/src/rules/${family}/${id}.${kind}`);
}
const generate = spawnSync(process.execPath, ['--import', 'tsx', 'tools/generate.ts'], {
  cwd: fileURLToPath(root),
  stdio: 'inherit',
});
if (generate.status !== 0) process.exit(generate.status ?? 1);
console.log(`Now say what it finds, then: npx vitest run test/rules -t ${id}`);
