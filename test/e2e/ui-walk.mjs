/**
 * A person's walk through the packaged extension in a real workbench, on a copy of the bundled sample project: keyboard,
 * pointer, what is on the screen, and what is in the files afterwards. Each step leaves a screenshot.
 */
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
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
    await bench.squiggles('error').or(bench.squiggles('warning')).first().waitFor({ timeout: 30_000 });
    await bench.filterProblems(SCRIPT.rule);
    const row = (await bench.problems()).filter({ hasText: SCRIPT.rule }).first();
    await row.waitFor();
    const text = await row.textContent();
    assert.match(text, /weights_only/);
    assert.match(text, /tidegate/);
  },

  async 'opens no message by itself'({ bench }) {
    assert.equal(await bench.page.locator('.notifications-toasts .notification-list-item').count(), 0);
  },

  async 'explains a finding in a hover'({ bench }) {
    await bench.goToProblem(SCRIPT.rule);
    const hover = await bench.hover(SCRIPT.line, SCRIPT.word);
    await hover.filter({ hasText: SCRIPT.rule }).waitFor();
  },

  async 'fixes by keyboard, and the saved file holds the fix'(walk) {
    const { bench } = walk;
    await bench.page.mouse.move(5, 5);
    await bench.goToProblem(SCRIPT.rule);
    await bench.openQuickFixes(SCRIPT_FIX.title);
    await walk.shot('quick-fixes');
    await bench.pickQuickFix(SCRIPT_FIX.title);
    await bench.confirmPreview(() => bench.editorContains(SCRIPT_FIX.title));
    await (await bench.problems()).filter({ hasText: SCRIPT.rule }).first().waitFor({ state: 'detached' });
    await bench.save();
    await eventually(bench.page, () => assert.match(walk.read(SCRIPT.file), SCRIPT_FIX.result));
  },

  async 'changes nothing when the question for a reason is left'(walk) {
    const { bench } = walk;
    await bench.openFile(IGNORED.file);
    await bench.filterProblems(IGNORED.rule);
    await bench.goToProblem(IGNORED.rule);
    await bench.quickFix(/^Ignore/);
    await bench.input.waitFor();
    await bench.page.keyboard.press('Escape');
    await bench.inputClosed();
    assert.equal(await bench.page.locator('.tab.active.dirty').count(), 0);
  },

  async 'ignores with a reason, from the light bulb'(walk) {
    const { bench } = walk;
    await bench.goToProblem(IGNORED.rule);
    await bench.clickLightBulb();
    await bench.pickQuickFix(/^Ignore/);
    await bench.input.waitFor();
    await bench.input.fill('too short');
    await bench.page.locator('.quick-input-message', { hasText: 'Say why' }).waitFor();
    await walk.shot('ignore-reason');
    await bench.input.fill(REASON);
    await bench.page.keyboard.press('Enter');
    await bench.inputClosed();
    await (await bench.problems()).filter({ hasText: IGNORED.rule }).first().waitFor({ state: 'detached' });
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
    await (await bench.problems()).filter({ hasText: NOTEBOOK.rule }).first().waitFor();
    await bench.goToProblem(NOTEBOOK.rule);
    await page.locator('.notebookOverlay [class*="squiggly-"]').first().waitFor();
    await walk.shot('notebook-finding');
    await bench.quickFix(NOTEBOOK_FIX.title);
    await bench.confirmPreview(async () => (await bench.rowsOf(NOTEBOOK.rule)) === 0);
    await (await bench.problems()).filter({ hasText: NOTEBOOK.rule }).first().waitFor({ state: 'detached' });
    await bench.save();
    await eventually(page, () => assert.match(walk.read(NOTEBOOK.file), NOTEBOOK_FIX.result));
  },

  async 'checks files that were never opened'({ bench }) {
    await bench.closeEditors();
    await bench.filterProblems(UNOPENED.rule);
    assert.equal(await (await bench.problems()).filter({ hasText: UNOPENED.file }).count(), 0);
    await bench.command('Tidegate: Check Workspace');
    await (await bench.problems()).filter({ hasText: UNOPENED.file }).first().waitFor({ timeout: 60_000 });
    await bench.notification('files checked');
  },

  async 'renders the page of a rule'({ bench }) {
    await bench.clearNotifications();
    await bench.command('Tidegate: Explain Rule', { asks: true });
    await bench.input.waitFor();
    await bench.quickRow(SCRIPT.rule).waitFor();
    await bench.input.fill(SCRIPT.rule);
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
    await entry.getByText('Show Menu').click();
    await bench.quickRow('Check Workspace').waitFor();
  },

  async 'is legible in a high contrast theme'({ bench }) {
    await bench.closeEditors();
    await bench.command('Preferences: Color Theme', { asks: true });
    await bench.quickRow('Dark High Contrast').click();
    await bench.page.locator('.monaco-workbench.hc-black').waitFor();
    await bench.openFile(UNOPENED.file);
    await bench.squiggles('error').or(bench.squiggles('warning')).first().waitFor();
  },

  async 'asks nothing of the network'({ bench }) {
    assert.deepEqual([...new Set(bench.outside)], []);
  },
};

function startWalk({ bench, workspace, screens }) {
  let count = 0;
  return {
    bench,
    read: (file) => readFileSync(join(workspace, file), 'utf8'),
    async shot(name) {
      count++;
      await bench.shot(join(screens, `${String(count).padStart(2, '0')}-${name}.png`));
    },
  };
}

async function takeStep(walk, name, step) {
  const start = Date.now();
  const record = { title: name, state: 'passed' };
  const slug = name.toLowerCase().replace(/[^a-z]+/g, '-');
  try {
    await step(walk);
    await walk.shot(slug);
  } catch (error) {
    Object.assign(record, { state: 'failed', error: String(error?.stack ?? error) });
    await walk.shot(`${slug}-FAILED`).catch(() => {});
  }
  // Whatever a step left open must not stand in the way of the next.
  for (let i = 0; i < 3; i++) await walk.bench.page.keyboard.press('Escape');
  return { ...record, ms: Date.now() - start };
}

/** Walks through all steps on `workspace` (which it edits) and returns one record per step. */
export async function walk({ which, vsix, workspace, screens }) {
  const server = await boot({ vscode: provision(which), vsix: [vsix] });
  const records = [];
  let browser;
  try {
    browser = await openBrowser();
    const bench = await openWorkbench(browser, server.url(workspace));
    bench.page.setDefaultTimeout(15_000);
    const state = startWalk({ bench, workspace, screens });
    for (const [name, step] of Object.entries(STEPS)) records.push(await takeStep(state, name, step));
  } catch (error) {
    records.push({ title: 'the walk itself', state: 'failed', error: String(error?.stack ?? error) });
  } finally {
    await browser?.close();
    if (records.some(({ state }) => state === 'failed')) {
      for (const [name, text] of Object.entries(server.logs(/tidegate/)))
        console.log(`--- ${name}\n${text.slice(-3000)}`);
      console.log(`--- server\n${server.output().slice(-1500)}`);
    }
    await server.stop();
  }
  return records;
}
