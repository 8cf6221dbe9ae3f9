import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { fileURLToPath } from 'node:url';
import { triggerWordsText } from './personal-data-triggers.js';
import { ruleIndexText } from './rule-index.js';

/** Writes every generated file, or with `--check` says which ones differ (exit 1). */
const root = new URL('../', import.meta.url);
const check = process.argv.includes('--check');
const differing: string[] = [];

function settle(path: string, text: string): void {
  const file = fileURLToPath(new URL(path, root));
  const old = existsSync(file) ? readFileSync(file, 'utf8') : undefined;
  if (old === text) return;
  differing.push(path);
  if (check) return;
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, text);
}

// What the sources themselves need comes first: everything else is made from the rules.
settle('server/src/rules/index.gen.ts', ruleIndexText());
settle('server/src/knowledge/personal-data/trigger-words.gen.ts', triggerWordsText());
if (!(check && differing.length > 0)) {
  const { fixKindsText } = await import('./fix-kinds.js');
  settle('server/src/rules/fix-kinds.gen.ts', await fixKindsText());
  const { outputs } = await import('./outputs.js');
  for (const [path, text] of await outputs()) settle(path, text);
}
if (differing.length > 0)
  console.log(
    `${check ? 'Not up to date, run `npm run generate`' : 'Written'}:\n${differing.map((path) => `  ${path}`).join('\n')}`,
  );
process.exitCode = check && differing.length > 0 ? 1 : 0;
