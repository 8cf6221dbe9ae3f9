import { lazy } from '../base/lazy.js';
import type { AnyRule } from './rule.js';

/** What the engine asks of a rule before it gives it the first fact; plain data. */
export type RuleOutline = Pick<AnyRule, 'profile' | 'words' | 'skipsTests' | 'query'>;

/** What is written about a rule for people; plain data. */
export type RuleTexts = Pick<AnyRule, 'summary' | 'stages' | 'since' | 'docs' | 'examples'>;

/** What a rule does. */
export type RuleCode = Omit<AnyRule, keyof RuleTexts>;

export function outlineOf({ profile, words, skipsTests, query }: AnyRule): RuleOutline {
  return {
    query,
    ...(profile === undefined ? {} : { profile }),
    ...(words === undefined ? {} : { words }),
    ...(skipsTests === undefined ? {} : { skipsTests }),
  };
}

export function textsOf({ summary, stages, since, docs, examples }: AnyRule): RuleTexts {
  return { summary, stages, since, docs, examples };
}

/**
 * A rule whose code and texts are loaded when something beyond its outline is asked. It is the rule in all that can be told
 * from outside.
 *
 * @param loadCode called once at most, as is `loadTexts`
 */
export function ruleOnDemand(outline: RuleOutline, loadCode: () => RuleCode, loadTexts: () => RuleTexts): AnyRule {
  return new RuleOnDemand(outline, lazy(loadCode), lazy(loadTexts));
}

class RuleOnDemand implements AnyRule {
  readonly query: AnyRule['query'];
  readonly profile?: NonNullable<AnyRule['profile']>;
  readonly words?: NonNullable<AnyRule['words']>;
  readonly skipsTests?: boolean;
  readonly #code: () => RuleCode;
  readonly #texts: () => RuleTexts;

  constructor(outline: RuleOutline, code: () => RuleCode, texts: () => RuleTexts) {
    this.query = outline.query;
    if (outline.profile !== undefined) this.profile = outline.profile;
    if (outline.words !== undefined) this.words = outline.words;
    if (outline.skipsTests !== undefined) this.skipsTests = outline.skipsTests;
    this.#code = code;
    this.#texts = texts;
  }

  get check(): AnyRule['check'] {
    return this.#code().check;
  }

  get messages(): AnyRule['messages'] {
    return this.#code().messages;
  }

  get severity(): AnyRule['severity'] {
    return this.#code().severity;
  }

  get confidence(): AnyRule['confidence'] {
    return this.#code().confidence;
  }

  get references(): readonly string[] {
    return this.#code().references;
  }

  get overlaps(): readonly string[] {
    return this.#code().overlaps ?? [];
  }

  get summary(): string {
    return this.#texts().summary;
  }

  get stages(): AnyRule['stages'] {
    return this.#texts().stages;
  }

  get since(): string {
    return this.#texts().since;
  }

  get docs(): AnyRule['docs'] {
    return this.#texts().docs;
  }

  get examples(): AnyRule['examples'] {
    return this.#texts().examples;
  }
}
