import { atLeastAsSevere, type Severity } from '../../base/severity.js';
import type { CheckEnvironment } from '../../engine/check.js';
import type { CheckResult, Finding } from '../../engine/finding.js';
import type { RuleSet } from '../../engine/rule-set.js';
import type { SourceDocument } from '../../workspace/source-document.js';
import type { Unread, Workspace } from '../../workspace/workspace.js';
import type { CliHost } from '../host.js';
import type { CheckedFile, Share } from './share.js';

export type Check = (document: SourceDocument, rules: RuleSet, environment: CheckEnvironment) => CheckResult;

/** The engine, as `tidegate check` uses it. */
export interface Engine {
  readonly check: Check;
  readonly rules: RuleSet;
}

/** What a check asks of the machine besides files. */
export type Clock = Pick<CliHost, 'today' | 'now' | 'pause' | 'interrupted'>;

/** A file may take this long before the rest of its checks is given up. */
const BUDGET_MS = 20_000;
/** Signals are looked for at least this often. */
const PAUSE_MS = 50;

/** Checks files of one workspace and keeps the last result of each. */
export class CheckSession {
  readonly checked = new Map<string, CheckedFile>();
  /** Files that turned out not to be checkable, with the reason. */
  readonly unreadable = new Map<string, Unread>();
  readonly #workspace: Workspace;
  readonly #engine: Engine;
  readonly #host: Clock;
  readonly #today: string;
  readonly #minSeverity: Severity;

  constructor(workspace: Workspace, engine: Engine, host: Clock, minSeverity: Severity) {
    this.#workspace = workspace;
    this.#engine = engine;
    this.#host = host;
    this.#today = host.today();
    this.#minSeverity = minSeverity;
  }

  /** Checks files in order; false when the run was interrupted. */
  async checkAll(paths: Iterable<string>): Promise<boolean> {
    let last = this.#host.now();
    for (const path of paths) {
      this.check(path);
      if (this.#host.now() - last < PAUSE_MS) continue;
      await this.#host.pause();
      if (this.#host.interrupted()) return false;
      last = this.#host.now();
    }
    return true;
  }

  /** Takes over what another thread has checked. */
  add({ checked, unreadable }: Share): void {
    for (const file of checked) this.checked.set(file.path, file);
    for (const [path, reason] of unreadable) this.unreadable.set(path, reason);
  }

  /** True when a file was checked or turned out not to be checkable. */
  knows(path: string): boolean {
    return this.checked.has(path) || this.unreadable.has(path);
  }

  /** Checks one file as it is now and keeps the result; undefined when it cannot be read. */
  check(path: string): CheckedFile | undefined {
    const file = this.probe(path);
    if (file === undefined) this.checked.delete(path);
    else this.checked.set(path, file);
    return file;
  }

  /** Checks one file, keeping the result only when the file is part of the run. */
  probe(path: string): CheckedFile | undefined {
    const document = this.#workspace.source(path);
    if ('skipped' in document) {
      this.unreadable.set(path, document);
      return undefined;
    }
    const result = this.#engine.check(document, this.#engine.rules, {
      config: this.#workspace.configFor(path).config,
      workspace: this.#workspace,
      today: this.#today,
      now: () => this.#host.now(),
      budgetMs: BUDGET_MS,
    });
    const file = {
      path,
      document: foundNothing(result) ? { ...document, text: '' } : document,
      result,
      latin1: this.#workspace.wasLatin1(path),
    };
    if (this.checked.has(path)) this.checked.set(path, file);
    return file;
  }

  /** Findings of a file that are severe enough to be shown. */
  findings(file: CheckedFile): readonly Finding[] {
    return file.result.findings.filter((finding) => atLeastAsSevere(finding.severity, this.#minSeverity));
  }
}

function foundNothing({ findings, suppressed, problems }: CheckResult): boolean {
  return findings.length + suppressed.length + problems.length === 0;
}
