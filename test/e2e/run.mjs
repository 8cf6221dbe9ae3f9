/**
 * End-to-end tests of the packaged extension in a real VS Code: mocha inside the extension host, then a person's walk
 * through the workbench.
 *
 * Usage: node test/e2e/run.mjs [latest|oldest|all] [--vsix FILE] [--screens DIR] [--only host|ui]
 *
 * `all` (the default) runs the newest VS Code and the oldest one that `engines.vscode` allows. Needs Linux x64, Chromium
 * and a package: `npm run package` writes out/tidegate.vsix. The closing line is "N passed, N failed".
 */
import { cpSync, existsSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { bundleSuite } from './bundle.mjs';
import { runInHost } from './inhost.mjs';
import { BUILDS } from './provision.mjs';
import { walk } from './ui-walk.mjs';

const root = fileURLToPath(new URL('../..', import.meta.url));

/** A copy of a folder: tests edit what they open. */
async function withCopy(folder, run) {
  const copy = mkdtempSync(join(tmpdir(), 'tidegate-workspace-'));
  try {
    cpSync(join(root, folder), copy, { recursive: true });
    return await run(copy);
  } finally {
    rmSync(copy, { recursive: true, force: true });
  }
}

function print(title, list) {
  console.log(`\n${title}`);
  for (const { title: name, state, ms, error } of list) {
    const time = ms === undefined ? '' : ` (${ms} ms)`;
    console.log(`  ${state === 'passed' ? 'ok  ' : state} ${name}${time}${error === undefined ? '' : `\n${error}`}`);
  }
}

function options() {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: {
      vsix: { type: 'string', default: join(root, 'out/tidegate.vsix') },
      screens: { type: 'string', default: join(root, 'out/screens') },
      only: { type: 'string' },
    },
  });
  const which = positionals[0] ?? 'all';
  if (which !== 'all' && BUILDS[which] === undefined) throw new Error(`unknown version "${which}"`);
  if (values.only !== undefined && !['host', 'ui'].includes(values.only)) throw new Error('--only takes host or ui');
  if (!existsSync(values.vsix)) throw new Error(`there is no ${values.vsix}; run \`npm run package\` first`);
  return { ...values, versions: which === 'all' ? Object.keys(BUILDS) : [which] };
}

const { vsix, screens, only, versions } = options();
const all = [];
for (const which of versions) {
  if (only !== 'ui') {
    const tests = await bundleSuite();
    const list = await withCopy('test/e2e/fixtures/workspace', (workspace) =>
      runInHost({ which, vsix, tests, workspace }),
    );
    print(`inside the extension host, VS Code ${BUILDS[which].vscode}`, list);
    all.push(...list);
  }
  if (only !== 'host') {
    const folder = resolve(screens, which);
    mkdirSync(folder, { recursive: true });
    const withWorkspace = (run) => withCopy('samples/loan-default', run);
    const list = await walk({ which, vsix, withWorkspace, screens: folder });
    print(`in the workbench, VS Code ${BUILDS[which].vscode}; screenshots in ${folder}`, list);
    all.push(...list);
  }
}
const count = (state) => all.filter((test) => test.state === state).length;
console.log(
  `\n${count('passed')} passed, ${count('failed')} failed${count('skipped') ? `, ${count('skipped')} skipped` : ''}`,
);
process.exitCode = count('failed') === 0 && count('passed') > 0 ? 0 : 1;
