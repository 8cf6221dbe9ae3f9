import { lastSegment } from '../base/name-pattern.js';

import { WordScanner } from '../base/word-scanner.js';
import { HANDLER_PACKAGES } from '../semantics/handler-parameters.js';

import type { SplitEventKind } from '../semantics/splits/event.js';

import type { EnabledRule } from './enabled-rules.js';
import { DIRECTIVE_MARKS } from './ignore-comments.js';
import type { QueryShape } from './query.js';
import { queriesOf, type RuleIndex } from './rule-index.js';

/** One of the words stands wherever an event of the kind is seen. */
const SPLIT_WORDS: Readonly<Record<SplitEventKind, readonly string[]>> = {
  'fit-before-split': ['fit'],
  'resample-before-split': ['sample'],
  'fit-on-test': ['fit'],
  'score-on-fitted': ['fit', 'train'],
  'tune-on-test': ['fit', 'train'],
  'generator-in-workers': ['__getitem__'],
};

/**
 * Words without which a rule cannot report in Python code: its own, else the names its queries end in. Undefined when
 * nothing can be said. A name is always written out where it is used, since re-exports are followed under the same name only.
 */
export function triggerWords(rule: EnabledRule): readonly string[] | undefined {
  if (rule.rule.words !== undefined) return rule.rule.words.map((word) => word.toLowerCase());
  const words: string[] = [];
  for (const query of queriesOf(rule)) {
    const own = queryWords(query);
    if (own === undefined) return undefined;
    words.push(...own);
  }
  return words.map((word) => word.toLowerCase());
}

function queryWords(query: QueryShape): readonly string[] | undefined {
  switch (query.kind) {
    case 'call':
    case 'reference':
    case 'store':
      return query.names.map(lastSegment);
    case 'keyword':
    case 'command':
      return query.names;
    case 'handler':
      return HANDLER_PACKAGES;
    case 'statement':
      return query.statements;
    case 'ignore':
      return DIRECTIVE_MARKS;
    case 'frame':
      return ['('];
    case 'split':
      return query.events.flatMap((kind) => SPLIT_WORDS[kind]);
    case 'text':
    case 'output':
      return undefined;
    default:
      return [];
  }
}

/** Which rules may report something in one text. */
export interface Occurrences {
  /** True when any rule may. */
  readonly any: boolean;
  /** Offsets at which words of rules about texts end, ascending. */
  readonly textPlaces: readonly number[];
  /** False when no comment of the text can be an ignore. */
  readonly directives: boolean;
  /** True when this rule may: one of its own words occurs, or it names none. */
  mayReport(id: string): boolean;
}

/** Facts that only configuration gives. A rule about nothing else has no say about code. */
const OF_CONFIGURATION: ReadonlySet<QueryShape['kind']> = new Set([
  'entry',
  'container',
  'instruction',
  'dockerfile',
  'requirement',
]);

/** Facts that only code gives. */
const OF_CODE: ReadonlySet<QueryShape['kind']> = new Set([
  ...(['call', 'keyword', 'reference', 'store', 'handler', 'statement', 'frame', 'split', 'output'] as const),
]);

/** Tests texts of one kind against the words of the rules about it in one pass. ASCII letters match in any case. */
export class TriggerWords {
  readonly #scanner: WordScanner;
  /** Indexes of the words of rules that name their own. */
  readonly #byRule: ReadonlyMap<string, readonly number[]>;
  /** Indexes of the marks of ignore comments. */
  readonly #directives: readonly number[];
  readonly #open: boolean;
  #last: { readonly text: string; readonly occurrences: Occurrences } | undefined;

  /** @param kind what the texts are; the fewer words, the faster the pass */
  constructor(index: RuleIndex, kind: 'code' | 'configuration') {
    const foreign = kind === 'code' ? OF_CONFIGURATION : OF_CODE;
    const indexes = new Map<string, number>();
    const indexOf = (word: string): number => {
      const known = indexes.get(word) ?? indexes.size;
      indexes.set(word, known);
      return known;
    };
    const byRule = new Map<string, readonly number[]>();
    let open = false;
    for (const rule of index.rules) {
      if (queriesOf(rule).every((query) => foreign.has(query.kind))) continue;
      const words = kind === 'code' ? triggerWords(rule) : (rule.rule.words ?? []);
      open ||= words === undefined || words.includes('');
      const own = (words ?? []).map((word) => indexOf(word.toLowerCase()));
      if (rule.rule.words !== undefined) byRule.set(rule.id, own);
    }
    this.#directives = DIRECTIVE_MARKS.map(indexOf);
    const aboutTexts = index.of('text').flatMap(({ rule }) => rule.rule.words ?? []);
    this.#scanner = new WordScanner([...indexes.keys()], new Set(aboutTexts.map((word) => word.toLowerCase())));
    this.#byRule = byRule;
    this.#open = open;
  }

  /** What occurs in a text; the last answer is kept. O(text). */
  in(text: string): Occurrences {
    if (this.#last?.text === text) return this.#last.occurrences;
    const { found, places } = this.#scanner.scan(text);
    const occurrences: Occurrences = {
      any: this.#open || found.includes(1),
      textPlaces: places,
      directives: this.#directives.some((word) => found[word] === 1),
      mayReport: (id) => this.#byRule.get(id)?.some((word) => found[word] === 1) ?? true,
    };
    this.#last = { text, occurrences };
    return occurrences;
  }
}
