/** Drives a workbench in a browser the way a person does: keyboard, pointer and what is on the screen. */
import { chromium } from 'playwright-core';

const PROBLEM_ROW = '.markers-panel-container .monaco-list-row';
const ACTION_ROW = '.action-widget .monaco-list-row.action';
const QUICK_ROW = '.quick-input-list .monaco-list-row';

/** Starts the system's Chromium; `CHROMIUM` names another one. */
export function openBrowser() {
  return chromium.launch({
    executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
    headless: true,
    args: [
      '--no-sandbox',
      '--disable-gpu',
      '--disable-quic',
      '--no-first-run',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
    ],
  });
}

/** Opens a workbench in a fresh browser profile. Requests to anything but loopback are blocked and kept in `outside`. */
export async function openWorkbench(browser, url, { width = 1400, height = 900 } = {}) {
  const context = await browser.newContext({ viewport: { width, height }, locale: 'en-US', reducedMotion: 'reduce' });
  const outside = [];
  await context.route(
    (target) => target.hostname !== '127.0.0.1',
    (route) => {
      outside.push(route.request().url());
      return route.abort();
    },
  );
  const page = await context.newPage();
  await page.goto(url);
  await page.locator('.monaco-workbench .part.statusbar [id="status.problems"]').waitFor({ timeout: 60_000 });
  return new Workbench(page, outside);
}

export class Workbench {
  constructor(page, outside) {
    this.page = page;
    this.outside = outside;
  }

  /** The text box of the quick input (palette, quick open, quick pick, input box). */
  get input() {
    return this.page.locator('.quick-input-widget:not([style*="display: none"]) .quick-input-box input');
  }

  get activeEditor() {
    return this.page.locator('.editor-group-container.active');
  }

  quickRow(text) {
    return this.page.locator(QUICK_ROW, { hasText: text }).first();
  }

  async inputClosed() {
    await this.page.locator('.quick-input-widget').waitFor({ state: 'hidden' });
  }

  /** Runs a command by its title through the command palette; `asks`: it goes on asking in the same box. */
  async command(title, { asks = false } = {}) {
    await this.page.keyboard.press('F1');
    await this.input.waitFor();
    await this.input.fill(`>${title}`);
    await this.quickRow(title).click();
    if (!asks) await this.inputClosed();
  }

  async openFile(path) {
    const name = path.split('/').at(-1);
    await this.page.keyboard.press('Control+P');
    await this.input.waitFor();
    await this.input.fill(path);
    // Not by Enter: until the search is done the list still shows what was open before.
    await this.quickRow(name).click();
    await this.page.locator(`.tabs-container .tab.active[data-resource-name="${name}"]`).waitFor();
  }

  /** Underlines of findings of any level in the active editor. */
  squiggles() {
    return this.activeEditor.locator('.view-overlays [class*="squiggly-"]');
  }

  /** Shows the Problems panel and returns its rows. */
  async problems() {
    const panel = this.page.locator('.markers-panel-container');
    if (!(await panel.isVisible())) await this.page.keyboard.press('Control+Shift+M');
    await panel.waitFor();
    return this.page.locator(PROBLEM_ROW);
  }

  /** Shows only rows about a text (message, source, code or file): the list renders no more rows than fit. */
  async filterProblems(text) {
    await this.problems();
    const filter = this.page.locator('.part.panel .viewpane-filter input').first();
    await filter.fill(text);
  }

  /** Rows of Problems with findings of a rule, all or those at a line (from 1). */
  findings(rule, line) {
    // The whole code: one rule's id may begin another's.
    const code = this.page.locator('.marker-code', { hasText: new RegExp(`^${rule}$`) });
    const rows = this.page.locator(PROBLEM_ROW).filter({ has: code });
    return line === undefined ? rows : rows.filter({ hasText: `[Ln ${line},` });
  }

  async editorContains(text) {
    return (await this.activeEditor.locator('.view-line', { hasText: text }).count()) > 0;
  }

  /**
   * Waits until `done` holds. An edit that needs the user's confirmation is shown for review first, its boxes empty:
   * they are ticked and the edit is applied there.
   */
  async confirmPreview(done) {
    const preview = this.page.locator('.bulk-edit-panel');
    for (const end = Date.now() + 15_000; Date.now() < end; ) {
      if (await preview.isVisible()) await this.applyPreview(preview);
      if (await done()) return;
      await this.page.waitForTimeout(50);
    }
    throw new Error('the fix was not applied');
  }

  async applyPreview(preview) {
    const boxes = preview.locator('.edit-checkbox');
    await boxes.first().waitFor();
    for (let box = 0; box < (await boxes.count()); box++)
      if (!(await boxes.nth(box).isChecked())) await boxes.nth(box).check();
    await preview.locator('.monaco-button', { hasText: 'Apply' }).click();
    await preview.waitFor({ state: 'hidden' });
  }

  /** Puts the cursor on the first finding of a rule, from its row in Problems. */
  async goToFinding(rule, line) {
    await this.problems();
    // On the message: the code further right is a link.
    await this.findings(rule, line)
      .first()
      .dblclick({ position: { x: 100, y: 10 } });
  }

  /** Hovers over a piece of text in the active editor and returns the hover. */
  async hover(lineText, word) {
    const line = this.activeEditor.locator('.view-line', { hasText: lineText }).first();
    const box = await this.textBox(line, word);
    await this.page.mouse.move(5, 5);
    await this.page.mouse.move(box.x + box.width / 2, box.y + box.height / 2, { steps: 3 });
    return this.page.locator('.monaco-editor .monaco-hover:visible').first();
  }

  /** Where a word of a rendered line is on the screen. */
  async textBox(line, word) {
    await line.waitFor();
    return line.evaluate((element, wanted) => {
      const walker = document.createTreeWalker(element, NodeFilter.SHOW_TEXT);
      for (let node = walker.nextNode(); node !== null; node = walker.nextNode()) {
        const at = node.textContent.indexOf(wanted);
        if (at < 0) continue;
        const range = document.createRange();
        range.setStart(node, at);
        range.setEnd(node, at + wanted.length);
        const { x, y, width, height } = range.getBoundingClientRect();
        return { x, y, width, height };
      }
      throw new Error(`"${wanted}" is not in one piece on the line "${element.textContent}"`);
    }, word);
  }

  /** Opens the quick-fix menu at the cursor; the request goes by the markers there, so ask again while they come. */
  async openQuickFixes(text) {
    const wanted = this.page.locator(ACTION_ROW).filter({ hasText: text }).first();
    for (let attempt = 0; attempt < 20; attempt++) {
      await this.page.keyboard.press('Control+.');
      try {
        await wanted.waitFor({ timeout: 1500 });
        return;
      } catch {
        await this.page.keyboard.press('Escape');
      }
    }
    throw new Error(`no quick fix "${text}"`);
  }

  /** Picks an entry of the open quick-fix menu by keyboard: older builds lay a pointer shield over it. */
  async pickQuickFix(text) {
    const focused = this.page.locator(`${ACTION_ROW}.focused`, { hasText: text });
    for (let step = 0; step < 40 && (await focused.count()) === 0; step++) {
      await this.page.keyboard.press('ArrowDown');
    }
    if ((await focused.count()) === 0) throw new Error(`the quick fix "${text}" could not be reached by keyboard`);
    await this.page.keyboard.press('Enter');
    await this.quickFixesClosed();
  }

  async quickFix(text) {
    await this.openQuickFixes(text);
    await this.pickQuickFix(text);
  }

  async quickFixesClosed() {
    const rows = this.page.locator(ACTION_ROW).first();
    await rows.waitFor({ state: 'detached' }).catch(() => rows.waitFor({ state: 'hidden' }));
  }

  /** Clicks the light bulb, which moves between the text and the gutter: tries both until a menu is there. */
  async clickLightBulb() {
    const places = ['.glyph-margin-widgets [class*="codicon-gutter-lightbulb"]', '.lightBulbWidget'];
    for (let attempt = 0; attempt < 60; attempt++) {
      for (const place of places) {
        const bulb = this.activeEditor.locator(place).first();
        if (!(await bulb.isVisible())) continue;
        try {
          await bulb.click({ timeout: 500 });
          await this.page.locator(ACTION_ROW).first().waitFor({ timeout: 1500 });
          return;
        } catch {
          // It moved.
        }
      }
      await this.page.waitForTimeout(100);
    }
    throw new Error('no light bulb');
  }

  /** Texts of the messages on the screen. */
  async notification(text) {
    const toast = this.page.locator('.notifications-toasts .notification-list-item', { hasText: text }).first();
    await toast.waitFor();
    return toast;
  }

  async clearNotifications() {
    await this.command('Notifications: Clear All Notifications');
  }

  /** The document of a webview: VS Code nests two frames. */
  async webview(index = 0) {
    const outer = await this.page.locator('iframe.webview').nth(index).elementHandle();
    const inner = (await outer.contentFrame()).locator('iframe#active-frame');
    return (await inner.elementHandle({ timeout: 30_000 })).contentFrame();
  }

  /** Shows the language status of the active editor and returns the entry of an extension. */
  async languageStatus(name) {
    const status = this.page.locator('.part.statusbar [id="status.languageStatus"]');
    const entry = this.page.locator('.hover-language-status', { hasText: name }).first();
    await status.waitFor();
    for (let attempt = 0; attempt < 10; attempt++) {
      await this.page.mouse.move(5, 5);
      await status.hover();
      try {
        await entry.waitFor({ timeout: 1500 });
        return entry;
      } catch {
        // The editor that became active a moment ago took the hover away.
      }
    }
    throw new Error(`no entry "${name}" in the language status`);
  }

  /** Clicks a command in the language status until what it opens asks for something. */
  async languageStatusCommand(name, title) {
    for (let attempt = 0; attempt < 5; attempt++) {
      const entry = await this.languageStatus(name);
      await entry.getByText(title).click();
      try {
        await this.input.waitFor({ timeout: 2000 });
        return;
      } catch {
        // The hover was drawn anew under the pointer.
      }
    }
    throw new Error(`"${title}" in the language status opened nothing`);
  }

  async closeEditors() {
    await this.page.keyboard.press('Escape');
    await this.command('View: Close All Editors');
  }

  async save() {
    await this.page.keyboard.press('Control+S');
  }

  async shot(file) {
    await this.page.screenshot({ path: file });
  }
}
