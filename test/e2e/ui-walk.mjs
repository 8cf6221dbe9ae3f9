/**
 * A person's walk through the packaged extension in a real workbench, on a copy of the bundled sample project: keyboard,
 * pointer, what is on the screen, and what is in the files afterwards. Each step leaves a screenshot.
 */
import assert from 'node:assert/strict';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { boot } from './harness.mjs';
import { provision } from './provision.mjs';
import { openBrowser, openWorkbench } from './workbench.mjs';

/** The places of the sample project that the walk visits. */
const SCRIPT = { file: 'src/loan_default/text_model.py', rule: 'load-torch', line: 'torch.load(', word: 'load' };
const SCRIPT_FIX = { title: 'weights_only=True', result: /torch\.load\([^)]*weights_only=True/ };
const IGNORED = { file: 'src/loan_default/serve.py', rule: 'load-pickle' };
const REASON = 'the model file is written by our own training job';
const NOTEBOOK = { file: 'notebooks/features.ipynb', rule: 'load-numpy-pickle' };
const NOTEBOOK_FIX = {
  title: 'allow_pickle',
  result: /np\.load\(\\"\.\.\/data\/interim\/purpose\.npy\\"(?!, allow_pickle=True)/,
};
const PIPELINE = { file: 'dvc.yaml', rule: 'pipeline-no-data-validation', title: 'Add a `validate` stage' };
const PIPELINE_RESULT =
  /\n {2}validate:\n {4}cmd: python -m loan_default\.validate\n[\s\S]*\n {6}- reports\/validation\.json\n/;
const COMPOSE = { file: 'docker-compose.yml', rule: 'compose-literal-secret', title: 'from the environment' };
const COMPOSE_RESULT = /(?:PGPASSWORD|POSTGRES_PASSWORD): "?\$\{(?:PGPASSWORD|POSTGRES_PASSWORD):\?/;
const IMAGE = {
  file: 'Dockerfile',
  rule: 'docker-image-latest',
  title: 'Name a version',
  value: '2.7.1-cuda12.6-cudnn9-runtime',
};
const SECRET = { file: '.dvc/config', local: '.dvc/config.local', rule: 'dvc-remote-secret', title: 'Move the line' };
const SECRET_LINE = /^ +secret_access_key = \S{40}$/m;
/** A file with a valid ignore, added to the sample for the walk in Restricted Mode. */
const TRUSTED_IGNORE = {
  file: 'audited.py',
  rule: 'load-pickle',
  line: 4,
  text: [
    'import pickle',
    '',
    'with open("models/default.pkl", "rb") as handle:',
    '    model = pickle.load(handle)  # tidegate: ignore[load-pickle] -- written by the training job of this project',
    '',
  ].join('\n'),
};
const UNOPENED = { file: 'evaluate.py', rule: 'load-joblib' };

/** Polls until `check` does not throw any more. */
async function eventually(page, check, ms = 10_000) {
  for (const end = Date.now() + ms; ; ) {
    try {
      return await check();
    } catch (error) {
      if (Date.now() > end) throw error;
      await page.waitForTimeout(50);
    }
  }
}

/** The steps in order; each takes the running walk and gets back to where the next can start. */
const STEPS = {
  async 'shows a finding as a squiggle and in Problems'({ bench }) {
    await bench.openFile(SCRIPT.file);
    await bench.squiggles().first().waitFor({ timeout: 30_000 });
    await bench.filterProblems(SCRIPT.rule);
    const row = bench.findings(SCRIPT.rule).first();
    await row.waitFor();
    const text = await row.textContent();
    assert.match(text, /weights_only/);
    assert.match(text, /tidegate/);
  },

  async 'opens no message by itself'({ bench }) {
    assert.equal(await bench.page.locator('.notifications-toasts .notification-list-item').count(), 0);
  },

  async 'explains a finding in a hover'({ bench }) {
    await bench.goToFinding(SCRIPT.rule);
    const hover = await bench.hover(SCRIPT.line, SCRIPT.word);
    await hover.filter({ hasText: SCRIPT.rule }).waitFor();
  },

  async 'fixes by keyboard, and the saved file holds the fix'(walk) {
    const { bench } = walk;
    await bench.page.mouse.move(5, 5);
    await bench.goToFinding(SCRIPT.rule);
    await bench.openQuickFixes(SCRIPT_FIX.title);
    await walk.shot('quick-fixes');
    await bench.pickQuickFix(SCRIPT_FIX.title);
    await bench.confirmPreview(() => bench.editorContains(SCRIPT_FIX.title));
    await bench.findings(SCRIPT.rule).first().waitFor({ state: 'detached' });
    await bench.save();
    await eventually(bench.page, () => assert.match(walk.read(SCRIPT.file), SCRIPT_FIX.result));
  },

  async 'changes nothing when the question for a reason is left'(walk) {
    const { bench } = walk;
    await bench.openFile(IGNORED.file);
    await bench.filterProblems(IGNORED.rule);
    await bench.goToFinding(IGNORED.rule);
    await bench.quickFix(/^Ignore/);
    await bench.input.waitFor();
    await bench.page.keyboard.press('Escape');
    await bench.inputClosed();
    assert.equal(await bench.page.locator('.tab.active.dirty').count(), 0);
  },

  async 'ignores with a reason, from the light bulb'(walk) {
    const { bench } = walk;
    await bench.goToFinding(IGNORED.rule);
    await bench.clickLightBulb();
    await bench.pickQuickFix(/^Ignore/);
    await bench.input.waitFor();
    await bench.input.fill('too short');
    await bench.page.locator('.quick-input-message', { hasText: 'Say why' }).waitFor();
    await walk.shot('ignore-reason');
    await bench.input.fill(REASON);
    await bench.page.keyboard.press('Enter');
    await bench.inputClosed();
    await bench.findings(IGNORED.rule).first().waitFor({ state: 'detached' });
    await bench.save();
    const comment = new RegExp(`# tidegate: ignore\\[${IGNORED.rule}\\].* -- ${REASON}`);
    await eventually(bench.page, () => assert.match(walk.read(IGNORED.file), comment));
  },

  async 'finds and fixes in a notebook cell'(walk) {
    const { bench } = walk;
    const { page } = bench;
    await bench.closeEditors();
    await bench.openFile(NOTEBOOK.file);
    await page.locator('.notebookOverlay .monaco-list-row.code-cell-row').first().waitFor({ timeout: 30_000 });
    await bench.filterProblems(NOTEBOOK.rule);
    await bench.findings(NOTEBOOK.rule).first().waitFor();
    await bench.goToFinding(NOTEBOOK.rule);
    await page.locator('.notebookOverlay [class*="squiggly-"]').first().waitFor();
    await walk.shot('notebook-finding');
    await bench.quickFix(NOTEBOOK_FIX.title);
    await bench.confirmPreview(async () => (await bench.findings(NOTEBOOK.rule).count()) === 0);
    await bench.findings(NOTEBOOK.rule).first().waitFor({ state: 'detached' });
    await bench.save();
    await eventually(page, () => assert.match(walk.read(NOTEBOOK.file), NOTEBOOK_FIX.result));
  },

  async 'gives a pipeline the stage it lacks'(walk) {
    const { bench } = walk;
    await bench.closeEditors();
    await bench.openFile(PIPELINE.file);
    await bench.filterProblems(PIPELINE.rule);
    await bench.goToFinding(PIPELINE.rule);
    await bench.openQuickFixes(PIPELINE.title);
    await walk.shot('pipeline-fix');
    await bench.pickQuickFix(PIPELINE.title);
    await bench.confirmPreview(async () => (await bench.findings(PIPELINE.rule).count()) === 0);
    await bench.findings(PIPELINE.rule).first().waitFor({ state: 'detached' });
    await bench.save();
    await eventually(bench.page, () => assert.match(walk.read(PIPELINE.file), PIPELINE_RESULT));
  },

  async 'takes a secret out of a compose file'(walk) {
    const { bench } = walk;
    await bench.closeEditors();
    await bench.openFile(COMPOSE.file);
    await bench.filterProblems(COMPOSE.rule);
    await bench.goToFinding(COMPOSE.rule);
    await bench.openQuickFixes(COMPOSE.title);
    await walk.shot('compose-fix');
    await bench.pickQuickFix(COMPOSE.title);
    await bench.confirmPreview(() => bench.editorContains('${P'));
    await bench.save();
    await eventually(bench.page, () => assert.match(walk.read(COMPOSE.file), COMPOSE_RESULT));
  },

  async 'moves a secret into a file that git ignores'(walk) {
    const { bench } = walk;
    await bench.closeEditors();
    await bench.openFile(SECRET.file);
    await bench.filterProblems(SECRET.rule);
    await bench.goToFinding(SECRET.rule);
    await bench.quickFix(SECRET.title);
    await bench.confirmPreview(async () => (await bench.findings(SECRET.rule).count()) === 0);
    await bench.command('File: Save All');
    await eventually(bench.page, () => {
      assert.doesNotMatch(walk.read(SECRET.file), SECRET_LINE);
      assert.match(walk.read(SECRET.local), SECRET_LINE);
    });
  },

  async 'leaves a value to be typed over'(walk) {
    const { bench } = walk;
    await bench.closeEditors();
    await bench.openFile(IMAGE.file);
    await bench.filterProblems(IMAGE.rule);
    await bench.goToFinding(IMAGE.rule);
    await bench.quickFix(IMAGE.title);
    await eventually(bench.page, async () => assert.ok(await bench.editorContains('pytorch/pytorch:version')));
    await walk.shot('fill-in-fix');
    await bench.page.keyboard.type(IMAGE.value);
    await bench.save();
    await eventually(bench.page, () =>
      assert.ok(walk.read(IMAGE.file).startsWith(`FROM pytorch/pytorch:${IMAGE.value}\n`)),
    );
  },

  async 'completes its own configuration'(walk) {
    const { bench } = walk;
    const { page } = bench;
    await bench.closeEditors();
    await bench.openFile('tidegate.yaml');
    await page.keyboard.press('Control+End');
    await page.keyboard.type('min');
    await page.keyboard.press('Control+Space');
    const row = page.locator('.suggest-widget .monaco-list-row', { hasText: 'minimum-confidence' }).first();
    await row.waitFor();
    await walk.shot('completion');
    await page.keyboard.press('Escape');
    await bench.command('File: Revert File');
    await page.locator('.tab.active.dirty').waitFor({ state: 'detached' });
  },

  async 'checks files that were never opened'({ bench }) {
    await bench.closeEditors();
    await bench.filterProblems(UNOPENED.rule);
    assert.equal(await bench.findings(UNOPENED.rule).count(), 0);
    await bench.command('Tidegate: Check Workspace');
    await bench.findings(UNOPENED.rule).first().waitFor({ timeout: 60_000 });
    await bench.notification('files checked');
  },

  async 'renders the page of a rule'({ bench }) {
    await bench.clearNotifications();
    await bench.command('Tidegate: Explain Rule', { asks: true });
    await bench.input.waitFor();
    await bench.input.fill(SCRIPT.rule);
    await bench.quickRow(SCRIPT.rule).waitFor();
    await bench.page.keyboard.press('Enter');
    const page = await bench.webview();
    await page.locator('h1, h2', { hasText: SCRIPT.rule }).first().waitFor();
  },

  async 'tells its state in the language status, and offers its menu there'(walk) {
    const { bench } = walk;
    await bench.closeEditors();
    await bench.openFile(SCRIPT.file);
    const entry = await bench.languageStatus('Tidegate');
    await walk.shot('language-status');
    assert.doesNotMatch(await entry.textContent(), /error|not running/i);
    await bench.languageStatusCommand('Tidegate', 'Show Menu');
    await bench.quickRow('Check Workspace').waitFor();
  },

  async 'is legible in a high contrast theme'({ bench }) {
    await bench.closeEditors();
    await bench.command('Preferences: Color Theme', { asks: true });
    await bench.input.fill('Dark High Contrast');
    await bench.quickRow('Dark High Contrast').click();
    await bench.page.locator('.monaco-workbench.hc-black').waitFor();
    await bench.filterProblems(UNOPENED.rule);
    await bench.goToFinding(UNOPENED.rule);
    await bench.squiggles().first().waitFor();
  },

  async 'asks nothing of the network'({ bench }) {
    assert.deepEqual([...new Set(bench.outside)], []);
  },
};

/** The walk in Restricted Mode, on a fresh copy. */
const RESTRICTED_STEPS = {
  async 'shows in Restricted Mode what the workspace ignores'({ bench }) {
    await bench.page.locator('.part.statusbar', { hasText: 'Restricted Mode' }).waitFor();
    await bench.openFile(TRUSTED_IGNORE.file);
    await bench.filterProblems(TRUSTED_IGNORE.rule);
    await bench.findings(TRUSTED_IGNORE.rule, TRUSTED_IGNORE.line).waitFor({ timeout: 30_000 });
  },

  async 'offers no ignore there'({ bench }) {
    await bench.goToFinding(TRUSTED_IGNORE.rule, TRUSTED_IGNORE.line);
    await bench.openQuickFixes('Explain');
    assert.equal(await bench.page.locator('.action-widget .monaco-list-row.action', { hasText: /^Ignore/ }).count(), 0);
  },

  async 'obeys the ignore once the workspace is trusted'({ bench }) {
    await bench.command('Workspaces: Manage Workspace Trust');
    await bench.page
      .locator('.workspace-trust-editor .monaco-button', { hasText: /^Trust/ })
      .first()
      .click();
    await bench.page.locator('.part.statusbar', { hasText: 'Restricted Mode' }).waitFor({ state: 'detached' });
    await bench.openFile(TRUSTED_IGNORE.file);
    await bench.findings(TRUSTED_IGNORE.rule, TRUSTED_IGNORE.line).waitFor({ state: 'detached' });
  },
};

/** The two walks: their steps, files added to the sample, and how VS Code is started. */
const WALKS = [
  { steps: STEPS, files: {}, boot: {} },
  {
    steps: RESTRICTED_STEPS,
    files: { [TRUSTED_IGNORE.file]: TRUSTED_IGNORE.text },
    boot: {
      trust: true,
      settings: { 'security.workspace.trust.enabled': true, 'security.workspace.trust.startupPrompt': 'never' },
    },
  },
];

async function takeStep(state, name, step) {
  const start = Date.now();
  const record = { title: name, state: 'passed' };
  const slug = name.toLowerCase().replace(/[^a-z]+/g, '-');
  try {
    await step(state);
    await state.shot(slug);
  } catch (error) {
    Object.assign(record, { state: 'failed', error: String(error?.stack ?? error) });
    await state.shot(`${slug}-FAILED`).catch(() => {});
  }
  // Whatever a step left open must not stand in the way of the next.
  for (let i = 0; i < 3; i++) await state.bench.page.keyboard.press('Escape');
  return { ...record, ms: Date.now() - start };
}

function printLogs(server) {
  for (const [name, text] of Object.entries(server.logs(/tidegate/))) console.log(`--- ${name}\n${text.slice(-3000)}`);
  console.log(`--- server\n${server.output().slice(-1500)}`);
}

/** One walk: boots a server, opens the workspace and takes the steps. Returns one record per step. */
async function takeWalk({ steps, files, boot: options }, { vscode, vsix, workspace, shot }) {
  for (const [name, text] of Object.entries(files)) writeFileSync(join(workspace, name), text);
  const server = await boot({ vscode, vsix: [vsix], ...options });
  const records = [];
  let browser;
  try {
    browser = await openBrowser();
    const bench = await openWorkbench(browser, server.url(workspace));
    bench.page.setDefaultTimeout(15_000);
    const read = (file) => readFileSync(join(workspace, file), 'utf8');
    const state = { bench, read, shot: (name) => shot(bench, name) };
    for (const [name, step] of Object.entries(steps)) records.push(await takeStep(state, name, step));
  } catch (error) {
    records.push({ title: 'the walk itself', state: 'failed', error: String(error?.stack ?? error) });
  } finally {
    await browser?.close();
    if (records.some(({ state }) => state === 'failed')) printLogs(server);
    await server.stop();
  }
  return records;
}

/**
 * Takes all walks and returns one record per step. `withWorkspace` runs a function on a fresh copy of the sample
 * project; screenshots go to the folder `screens`.
 */
export async function walk({ which, vsix, withWorkspace, screens }) {
  const vscode = provision(which);
  let count = 0;
  const shot = (bench, name) => {
    count++;
    return bench.shot(join(screens, `${String(count).padStart(2, '0')}-${name}.png`));
  };
  const records = [];
  for (const each of WALKS) {
    records.push(...(await withWorkspace((workspace) => takeWalk(each, { vscode, vsix, workspace, shot }))));
  }
  return records;
}
