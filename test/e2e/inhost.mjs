/**
 * Runs a mocha bundle INSIDE the extension host of a real VS Code, against the packaged extension: the equal of
 * @vscode/test-electron where no desktop VS Code is to be had.
 */
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { format } from 'node:util';
import { boot } from './harness.mjs';
import { provision } from './provision.mjs';
import { openBrowser } from './workbench.mjs';

const LIMIT_MS = 240_000;

/** The workbench wants an extension under development: this one does nothing, the tested one is the installed package. */
function writeCarrier(folder) {
  mkdirSync(folder);
  const manifest = { name: 'carrier', publisher: 'e2e', version: '0.0.1', engines: { vscode: '*' } };
  writeFileSync(join(folder, 'package.json'), JSON.stringify(manifest));
  return folder;
}

/** Loads the workbench with tests to run and resolves with their exit code. */
async function runInPage(browser, server, { carrier, tests, workspace, lines }) {
  const page = await (await browser.newContext({ viewport: { width: 1200, height: 800 } })).newPage();
  let limit;
  const ended = new Promise((done, fail) => {
    limit = setTimeout(() => fail(new Error(`no result after ${LIMIT_MS} ms`)), LIMIT_MS);
    page.on('crash', () => fail(new Error('the page crashed')));
    page.exposeFunction('codeAutomationLog', (_type, args) => lines.push(format(...args)));
    page.exposeFunction('codeAutomationExit', (code) => done(code));
  });
  const payload = [
    ['extensionDevelopmentPath', server.remote(carrier)],
    ['extensionTestsPath', server.remote(resolve(tests))],
    ['enableProposedApi', ''],
    ['skipWelcome', 'true'],
  ];
  try {
    await page.goto(server.url(resolve(workspace), payload));
    return await ended;
  } finally {
    clearTimeout(limit);
  }
}

/**
 * Runs the tests of a bundle exporting `run()` in a workspace that they may edit. Returns one record per test; the last
 * lines of all consoles go to standard output when something failed.
 */
export async function runInHost({ which, vsix, tests, workspace }) {
  const scratch = mkdtempSync(join(tmpdir(), 'vscode-e2e-results-'));
  const results = join(scratch, 'results.json');
  const lines = [];
  // Without the driver flag current builds ignore the payload of the page's address.
  const server = await boot({
    vscode: provision(which),
    vsix: [vsix],
    args: ['--enable-smoke-test-driver'],
    env: { E2E_RESULTS: results },
  });
  let code = 1;
  try {
    const browser = await openBrowser();
    try {
      code = await runInPage(browser, server, {
        carrier: writeCarrier(join(scratch, 'carrier')),
        tests,
        workspace,
        lines,
      });
    } finally {
      await browser.close();
    }
  } finally {
    if (code !== 0) {
      const client = Object.entries(server.logs(/tidegate/)).map(([name, text]) => `--- ${name}\n${text.slice(-3000)}`);
      console.log([...lines.slice(-60), ...client, '--- server', server.output().slice(-1500)].join('\n'));
    }
    await server.stop();
  }
  const list = existsSync(results) ? JSON.parse(readFileSync(results, 'utf8')) : [];
  rmSync(scratch, { recursive: true, force: true });
  if (list.length === 0 || (code !== 0 && list.every((test) => test.state !== 'failed'))) {
    list.push({ title: 'the test run itself', state: 'failed', error: `exit code ${code}, ${list.length} results` });
  }
  return list;
}
