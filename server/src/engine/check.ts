import { LineIndex } from '../base/line-index.js';
import type { Place } from '../base/place.js';
import type { Range } from '../base/range.js';
import type { ConfigFacts } from '../facts/config/entry.js';
import type { ConfigLanguage } from '../facts/config/facts.js';
import { dockerfileFacts } from '../facts/dockerfile/read.js';
import type { PythonModule } from '../facts/python/module.js';
import { withPythonModule } from '../facts/python/read.js';
import { parsedStatements } from '../facts/python/texts.js';
import { requirementsFacts } from '../facts/requirements/file.js';
import { configFacts } from '../workspace/drivers.js';
import type { NotebookSource, SourceDocument } from '../workspace/source-document.js';
import type { CheckEnvironment } from './check-environment.js';
import { CheckRun, type DocumentShape } from './check-run.js';
import { checkConfig, configStatements } from './config-checker.js';
import { checkDockerfile } from './dockerfile-checker.js';
import type { CheckResult } from './finding.js';
import { finish } from './finish.js';
import { mayHoldDirectives } from './ignore-comments.js';
import { lineComments } from './line-comments.js';
import { checkNotebookOutputs, checkNotebookShell, metadataIgnores } from './notebook-checker.js';
import { NotebookLayout } from './notebook-layout.js';
import { PythonChecker } from './python-checker.js';
import { checkRequirements } from './requirements-checker.js';
import { type RuleIndex, ruleIndex } from './rule-index.js';
import type { RuleSet } from './rule-set.js';
import { TriggerWords } from './trigger-words.js';

export type { CheckEnvironment } from './check-environment.js';

const NOTHING: CheckResult = { findings: [], suppressed: [], problems: [] };

/** Checks one document. Never throws; a rule that throws costs that rule on this document and is listed in `problems`. */
export function checkDocument(document: SourceDocument, rules: RuleSet, environment: CheckEnvironment): CheckResult {
  const check = new DocumentCheck(rules, environment);
  switch (document.language) {
    case 'python':
      return check.python(document.path, document.text);
    case 'notebook':
      return check.notebook(document);
    case 'dockerfile':
      return check.dockerfile(document.path, document.text);
    case 'requirements':
      return check.requirements(document.path, document.text);
    default:
      return check.config(document.path, document.language, document.text);
  }
}

class DocumentCheck {
  readonly #index: RuleIndex;
  readonly #environment: CheckEnvironment;
  readonly #known: ReadonlySet<string>;

  constructor(rules: RuleSet, environment: CheckEnvironment) {
    this.#environment = environment;
    this.#index = ruleIndex(rules, environment.config);
    this.#known = idsOf(rules);
  }

  #run(path: string, language: CheckRun['language'], text: string, shape: DocumentShape): CheckRun {
    const words = wordsOf(this.#index, language === 'python' || language === 'notebook' ? 'code' : 'configuration');
    return new CheckRun(path, language, text, this.#index, words, this.#environment, shape);
  }

  python(path: string, text: string): CheckResult {
    if (this.#environment.useTriggerWords !== false && !wordsOf(this.#index, 'code').in(text).any) return NOTHING;
    return withPythonModule(text, (module) => {
      const run = this.#run(path, 'python', text, pythonShape(module, plainPlaces(path, text)));
      return this.#python(run, module, (r) => finish(r, this.#known, []), true);
    });
  }

  #python(
    run: CheckRun,
    module: PythonModule,
    end: (run: CheckRun) => CheckResult,
    whole: boolean,
    more: () => void = () => {},
  ): CheckResult {
    run.fixable = whole && module.errors.length === 0;
    reportSyntax(run, module);
    run.guarded(() => {
      new PythonChecker(run, module).check();
      more();
    });
    return end(run);
  }

  notebook(source: NotebookSource): CheckResult {
    const layout = new NotebookLayout(source);
    const text = layout.module.text;
    return withPythonModule(text, (module) => {
      const shape = pythonShape(module, (range) => layout.place(range));
      const run = this.#run(source.path, 'notebook', text, shape);
      run.cells = layout.cells;
      for (const error of layout.errors.slice(0, 1)) {
        run.problems.push({ kind: 'syntax', message: error.message, place: layout.rawPlace(error.range) });
      }
      // A notebook file that is no JSON takes no edit.
      const whole = layout.errors.length === 0;
      const end = (r: CheckRun): CheckResult =>
        finish(r, this.#known, metadataIgnores(layout), (offset) => layout.cellRange(offset));
      return this.#python(run, module, end, whole, () => {
        checkNotebookShell(run, layout);
        checkNotebookOutputs(run, layout);
      });
    });
  }

  config(path: string, language: ConfigLanguage, text: string): CheckResult {
    const facts = configFacts(path, language, text, this.#environment.workspace);
    const run = this.#run(path, language, text, configShape(path, language, text, facts));
    run.facts = facts;
    const [error] = facts.errors;
    if (error !== undefined && !facts.template) run.problem('syntax', error.message, error.range);
    run.guarded(() => checkConfig(run));
    return finish(run, this.#known, []);
  }

  dockerfile(path: string, text: string): CheckResult {
    const facts = dockerfileFacts(text);
    const statements = facts.instructions.map((instruction) => instruction.range);
    const run = this.#run(path, 'dockerfile', text, lineShape(path, text, '#', statements));
    for (const error of facts.errors.slice(0, 1)) run.problem('syntax', error.message, error.range);
    run.guarded(() => checkDockerfile(run, facts));
    return finish(run, this.#known, []);
  }

  requirements(path: string, text: string): CheckResult {
    const facts = requirementsFacts(path, text);
    const statements = [...facts.requirements, ...facts.options]
      .map((line) => line.range)
      .sort((a, b) => a.start - b.start);
    const run = this.#run(path, 'requirements', text, lineShape(path, text, '#', statements));
    run.fixable = facts.errors.length === 0;
    for (const error of facts.errors.slice(0, 1)) run.problem('syntax', error.message, error.range);
    run.guarded(() => checkRequirements(run, facts));
    return finish(run, this.#known, []);
  }
}

function reportSyntax(run: CheckRun, module: PythonModule): void {
  const [error] = module.errors;
  if (error !== undefined)
    run.problem('syntax', `Syntax error, checked as far as it can be read: ${error.message}`, error.range);
}

function plainPlaces(path: string, text: string): (range: Range) => Place {
  let lines: LineIndex | undefined;
  return (range) => {
    lines ??= new LineIndex(text);
    return { path, range, start: lines.position(range.start), end: lines.position(range.end) };
  };
}

function pythonShape(module: PythonModule, place: (range: Range) => Place): DocumentShape {
  let statements: readonly Range[] | undefined;
  return {
    statements: () => {
      statements ??= parsedStatements(module);
      return statements;
    },
    comments: () => module.comments(),
    place,
  };
}

/** What comments begin with, as an expression; `#` where nothing else is said. */
const COMMENT_MARKS: Partial<Record<ConfigLanguage, string>> = { ini: '[#;]', hcl: '(?:#|//)' };

function configShape(path: string, language: ConfigLanguage, text: string, facts: ConfigFacts): DocumentShape {
  let statements: readonly Range[] | undefined;
  const all = (): readonly Range[] => {
    statements ??= [...configStatements(facts.roots)].sort((a, b) => a.start - b.start || b.end - a.end);
    return statements;
  };
  return {
    statements: all,
    comments: () => (language === 'json' ? [] : directiveComments(text, COMMENT_MARKS[language] ?? '#', facts)),
    place: plainPlaces(path, text),
  };
}

function lineShape(path: string, text: string, marks: string, statements: readonly Range[]): DocumentShape {
  return {
    statements: () => statements,
    comments: () => directiveComments(text, marks, undefined),
    place: plainPlaces(path, text),
  };
}

/** Comments are wanted for the directives in them. */
function directiveComments(text: string, marks: string, facts: ConfigFacts | undefined): readonly Range[] {
  return mayHoldDirectives(text) ? lineComments(text, marks, facts) : [];
}

const wordsByIndex = {
  code: new WeakMap<RuleIndex, TriggerWords>(),
  configuration: new WeakMap<RuleIndex, TriggerWords>(),
};
const idsByRules = new WeakMap<RuleSet, ReadonlySet<string>>();

function wordsOf(index: RuleIndex, kind: keyof typeof wordsByIndex): TriggerWords {
  let words = wordsByIndex[kind].get(index);
  if (words === undefined) {
    words = new TriggerWords(index, kind);
    wordsByIndex[kind].set(index, words);
  }
  return words;
}

function idsOf(rules: RuleSet): ReadonlySet<string> {
  let ids = idsByRules.get(rules);
  if (ids === undefined) {
    ids = new Set(rules.map((rule) => rule.id));
    idsByRules.set(rules, ids);
  }
  return ids;
}
