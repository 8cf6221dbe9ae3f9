import { describe, expect, it } from 'vitest';
import type { Example, Messages } from '../../server/src/engine/rule.js';
import { rules } from '../../server/src/rules/index.gen.js';
import { CheckedFiles } from './check-files.js';
import { unmark, workspaceOf } from './example-files.js';

function selected(id: string, example: Example<Messages>): string[] {
  return [id, ...(example.alongside ?? [])];
}

describe.each(rules)('$id', ({ id, rule }) => {
  const silent = rule.examples.filter((example) => example.bad === undefined);

  it('shows every message in a bad example and at least three near misses', () => {
    const shown = new Set(rule.examples.flatMap((example) => (example.bad === undefined ? [] : [example.message])));
    expect([...shown].sort()).toEqual(Object.keys(rule.messages).sort());
    expect(silent.length).toBeGreaterThanOrEqual(3);
    for (const example of silent) expect(example.because, `why is this silent: ${example.good}`).toBeTruthy();
  });

  it.each(rule.examples.filter((example) => example.bad !== undefined))('finds: $bad', async (example) => {
    const path = example.path ?? 'train.py';
    const { text, marks } = unmark(example.bad!);
    const workspace = await CheckedFiles.open(workspaceOf(example, text), selected(id, example));
    const { findings, problems } = workspace.check(path);
    expect(problems.filter((problem) => problem.kind === 'internal')).toEqual([]);
    // Marks of a notebook stand in its raw text.
    const rangeOf = (finding: (typeof findings)[number]) =>
      path.endsWith('.ipynb') ? finding.place.range : finding.range;
    expect(findings.map((finding) => ({ ...rangeOf(finding), message: finding.messageId }))).toEqual(
      marks.map((mark) => ({ ...mark, message: example.message })),
    );
    for (const finding of findings) expect(finding.message).toMatch(/^[^{}]+$/);
    expect(workspace.check(path, false).findings).toEqual(findings);
    if (example.good === undefined) return;
    const good = await CheckedFiles.open(workspaceOf(example, example.good), selected(id, example));
    expect(good.check(path).findings.filter((finding) => finding.ruleId === id)).toEqual([]);
    if (example.byHand) return;
    if (example.fill !== undefined) {
      const unfilled = await CheckedFiles.open(workspaceOf(example, text), selected(id, example));
      unfilled.filled(path, findings, undefined);
      const { problems: broken } = (await CheckedFiles.open(unfilled.files, selected(id, example))).check(path);
      expect(broken, 'the words in the placeholders break the text').toEqual([]);
    }
    let fixed =
      example.fill === undefined ? workspace.fixed(path, findings) : workspace.filled(path, findings, example.fill);
    let again = await CheckedFiles.open(workspace.files, selected(id, example));
    // Fixes that add at one place follow each other.
    for (let pass = 1; pass < findings.length && again.check(path).findings.length > 0; pass++) {
      fixed = again.fixed(path, again.check(path).findings);
      again = await CheckedFiles.open(again.files, selected(id, example));
    }
    expect(fixed).toBe(example.good);
    const expected = { ...workspaceOf(example, fixed), ...example.goodFiles };
    if (example.goodFiles !== undefined) expect(again.files).toEqual(expected);
    const after = again.check(path);
    expect(after.findings).toEqual([]);
    expect(after.problems).toEqual([]);
    expect(again.fixed(path, after.findings)).toBe(fixed);
  });

  it.each(rule.examples.filter(({ bad, byHand }) => bad !== undefined && byHand === true))(
    'has nothing to fill in where `good` is written by hand: $bad',
    async (example) => {
      const path = example.path ?? 'train.py';
      const workspace = await CheckedFiles.open(workspaceOf(example, unmark(example.bad!).text), selected(id, example));
      const kinds = workspace.check(path).findings.flatMap(({ fixes }) => fixes.map(({ safety }) => safety));
      expect(kinds).not.toContain('placeholder');
    },
  );

  it.each(silent)('stays silent: $because', async (example) => {
    const workspace = await CheckedFiles.open(workspaceOf(example, example.good!), selected(id, example));
    expect(workspace.check(example.path ?? 'train.py').findings).toEqual([]);
  });
});
