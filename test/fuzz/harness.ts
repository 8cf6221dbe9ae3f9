import { type Language, languageOf } from '../../server/src/base/language.js';
import { applyEdits, chooseFixes } from '../../server/src/engine/apply-fixes.js';
import { checkDocument } from '../../server/src/engine/check.js';
import type { CheckResult, FixSafety } from '../../server/src/engine/finding.js';
import { NotebookLayout } from '../../server/src/engine/notebook-layout.js';
import { rules } from '../../server/src/rules/index.gen.js';
import { DEFAULT_CONFIG } from '../../server/src/workspace/config.js';
import type { SourceDocument } from '../../server/src/workspace/source-document.js';
import { Workspace } from '../../server/src/workspace/workspace.js';
import { MemoryFiles } from '../rules/memory-files.js';

/** Processor time one check may take, however hostile its text. */
const LIMIT_MS = 3000;

const CONFIG = { ...DEFAULT_CONFIG, profile: 'strict' as const, minimumConfidence: 'low' as const };

/** What is wrong with a check's behaviour, in words; undefined when all promises are kept. */
export type Broken = string | undefined;

/** One workspace in which any text can be checked under any name, with all rules. */
export class FuzzWorkspace {
  readonly #workspace: Workspace;
  /** Texts that were fixed and checked again. */
  fixedTexts = 0;

  private constructor(workspace: Workspace) {
    this.#workspace = workspace;
  }

  static async open(): Promise<FuzzWorkspace> {
    const files = new MemoryFiles({
      'requirements.txt': 'torch==2.3.0\nnumpy>=1.26\n',
      'pkg/names.py': 'PATH = "a.pt"\n',
    });
    const families = [...new Set(rules.map(({ family }) => family))];
    const workspace = new Workspace(files, { ruleIds: rules.map(({ id }) => id), families });
    await workspace.prepare();
    return new FuzzWorkspace(workspace);
  }

  /** Checks a text as an open document, so that dependency, settings and export readers see it too. */
  broken(path: string, text: string): Broken {
    this.#workspace.overlay(path, text);
    try {
      const result = this.#timed(path, text);
      if (typeof result === 'string') return result;
      return misplaced(result, path, text) ?? this.#brokenByFixes(result, path, text);
    } catch (error) {
      return `threw ${error instanceof Error ? error.stack : String(error)}`;
    } finally {
      this.#workspace.overlay(path, undefined);
    }
  }

  #timed(path: string, text: string): CheckResult | string {
    const before = processorMs();
    const result = this.#check(path, text);
    const ms = processorMs() - before;
    if (ms > LIMIT_MS) return `took ${ms.toFixed(0)} ms`;
    const internal = result.problems.find(({ kind }) => kind === 'internal');
    return internal === undefined ? result : internal.message;
  }

  #check(path: string, text: string): CheckResult {
    // Reading settings and versions is part of every check in an editor.
    this.#workspace.configFor(path);
    return checkDocument(document(path, text), rules, {
      config: CONFIG,
      workspace: this.#workspace,
      today: '2026-06-30',
      // Ends a check that is too slow already, so that it fails here and does not hang.
      now: processorMs,
      budgetMs: LIMIT_MS,
    });
  }

  #brokenByFixes(result: CheckResult, path: string, text: string): Broken {
    const parses = result.problems.every(({ kind }) => kind !== 'syntax');
    return (
      this.#brokenBy(result, path, text, parses, 'review') ?? this.#brokenBy(result, path, text, parses, 'placeholder')
    );
  }

  /** What fixes of one kind break, those with placeholders while nothing is filled in yet. */
  #brokenBy(result: CheckResult, path: string, text: string, parses: boolean, kind: FixSafety): Broken {
    const findings = result.findings.map((finding) => ({
      ...finding,
      fixes: finding.fixes
        .filter(({ safety }) => (safety === 'placeholder') === (kind === 'placeholder'))
        .map((fix) => (kind === 'placeholder' ? { ...fix, safety: 'review' as const } : fix)),
    }));
    const { files } = chooseFixes(findings, 'review');
    const edits = files.get(path);
    if (edits === undefined) return undefined;
    if (!parses) return 'offers a fix for a text that does not parse';
    this.fixedTexts++;
    const source = document(path, text);
    const fixed = applyEdits(text, source.language === 'notebook' ? new NotebookLayout(source).rawEdits(edits) : edits);
    const after = this.#check(path, fixed).problems.find(({ kind }) => kind === 'syntax');
    return after === undefined ? undefined : `a fix breaks the text (${after.message}): ${fixed}`;
  }
}

/** Processor time of this process; unlike a clock, it does not depend on the machine's other work. */
function processorMs(): number {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1000;
}

function document(path: string, text: string): SourceDocument {
  const language = languageOf(path) as Language;
  return language === 'notebook' ? { path, language, text, cells: undefined } : { path, language, text };
}

/** A finding outside the text it is about. */
function misplaced({ findings }: CheckResult, path: string, text: string): Broken {
  const lines = text.split(/\r\n|\r|\n/).length;
  for (const { ruleId, place, message } of findings) {
    const { range, start, end } = place;
    const inside = place.path === path && range.start <= range.end && range.start >= 0 && range.end <= text.length;
    if (!inside || start.line < 0 || end.line >= lines || end.line < start.line)
      return `${ruleId} points outside the text: ${JSON.stringify(place)}`;
    if (message === '' || message.includes('\n')) return `${ruleId} has a message of no or several lines: ${message}`;
  }
  return undefined;
}
