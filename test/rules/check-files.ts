import type { TextEdit } from '../../server/src/base/range.js';
import { applyEdits, chooseFixes } from '../../server/src/engine/apply-fixes.js';
import { checkDocument } from '../../server/src/engine/check.js';
import type { CheckResult, FileEdit, Finding } from '../../server/src/engine/finding.js';
import { keepsTheRest } from '../../server/src/engine/kept-config.js';
import { NotebookLayout } from '../../server/src/engine/notebook-layout.js';
import { rules } from '../../server/src/rules/index.gen.js';
import { DEFAULT_CONFIG } from '../../server/src/workspace/config.js';
import { Workspace } from '../../server/src/workspace/workspace.js';
import { MemoryFiles } from './memory-files.js';

export const TODAY = '2026-06-30';

/** A workspace in memory, checked with the real rules. */
export class CheckedFiles {
  readonly files: Record<string, string>;
  readonly #workspace: Workspace;
  readonly #config;

  private constructor(files: Record<string, string>, select: readonly string[]) {
    this.files = files;
    const families = [...new Set(rules.map((rule) => rule.family))];
    this.#workspace = new Workspace(new MemoryFiles(files), { ruleIds: rules.map((rule) => rule.id), families });
    this.#config = { ...DEFAULT_CONFIG, profile: 'strict' as const, select, minimumConfidence: 'low' as const };
  }

  /** `select`: the rules to run; empty for all of the strict profile. */
  static async open(files: Readonly<Record<string, string>>, select: readonly string[] = []): Promise<CheckedFiles> {
    const checked = new CheckedFiles({ ...files }, select);
    await checked.#workspace.prepare();
    return checked;
  }

  check(path: string, useTriggerWords = true): CheckResult {
    const source = this.#workspace.source(path);
    if ('skipped' in source) throw new Error(`${path} was skipped: ${source.skipped}`);
    return checkDocument(source, rules, {
      config: this.#config,
      workspace: this.#workspace,
      today: TODAY,
      useTriggerWords,
    });
  }

  /** The file's text after one fix, or after all that go together. Other files it touches are changed too. */
  fixed(path: string, findings: readonly Finding[]): string {
    return this.#apply(path, chooseFixes(findings, 'review').files);
  }

  /** The file's text after the first fix with placeholders of each finding, with the same values typed into each of them. */
  filled(path: string, findings: readonly Finding[], values: readonly string[] | undefined): string {
    const complete = findings.map((finding) => ({
      ...finding,
      fixes: finding.fixes
        .filter(({ safety }) => safety === 'placeholder')
        .slice(0, 1)
        .map((fix) => ({ ...fix, safety: 'review' as const, files: fillIn(fix.files, values) })),
    }));
    return this.#apply(path, chooseFixes(complete, 'review').files);
  }

  #apply(path: string, files: ReadonlyMap<string, readonly TextEdit[]>): string {
    for (const [file, edits] of files) {
      const text = this.files[file] ?? '';
      const source = this.#workspace.source(file);
      if (!('skipped' in source) && !keepsTheRest(source, edits))
        throw new Error(`the fix moves other values of ${file}`);
      const raw =
        'language' in source && source.language === 'notebook' ? new NotebookLayout(source).rawEdits(edits) : edits;
      this.files[file] = applyEdits(text, raw);
    }
    return this.files[path]!;
  }
}

/** Edits with values in place of their placeholders, taken from the front; without values the words stay. */
function fillIn(files: readonly FileEdit[], values: readonly string[] | undefined): FileEdit[] {
  const left = [...(values ?? [])];
  const filled = files.map(({ path, edits }) => ({
    path,
    edits: edits.map(({ range, newText, placeholders = [] }) => {
      const typed = placeholders.map(({ start, end }) =>
        values === undefined ? newText.slice(start, end) : left.shift(),
      );
      const last = placeholders.length;
      const parts = typed.map(
        (value, i) => newText.slice(placeholders[i - 1]?.end ?? 0, placeholders[i]!.start) + String(value),
      );
      return { range, newText: parts.join('') + newText.slice(placeholders[last - 1]?.end ?? 0) };
    }),
  }));
  if (left.length > 0) throw new Error(`nothing to fill in with ${left.join()}`);
  return filled;
}
