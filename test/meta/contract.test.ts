import { describe, expect, it } from 'vitest';
import { queriesOf } from '../../server/src/engine/rule-index.js';
import { rules } from '../../server/src/rules/index.gen.js';

const FAMILIES = new Set([
  ...['collection', 'preprocessing', 'features', 'training', 'evaluation', 'serving', 'monitoring', 'loading'],
  ...[
    'supply-chain',
    'secrets',
    'data-protection',
    'pipelines',
    'platforms',
    'containers',
    'clusters',
    'cloud',
    'ci',
    'ignores',
  ],
]);

const STAGES = new Set([
  ...['data-collection', 'preprocessing', 'feature-engineering', 'training', 'evaluation', 'deployment', 'monitoring'],
]);

const REFERENCES = [
  /^CWE-\d{1,4}$/,
  /^OWASP-(?:ML|LLM|A)(?:0[1-9]|10):20\d\d$/,
  /^(?:OWASP-)?CICD-SEC-(?:[1-9]|10)$/,
  /^AML\.T\d{4}(?:\.\d{3})?$/,
  /^(?:CVE-\d{4}-\d{4,}|GHSA(?:-[0-9a-z]{4}){3}|PYSEC-\d{4}-\d+)$/,
  /^PEP-\d+$/,
  /^https:\/\/\S+$/,
];

const SINCE = /^\d+\.\d+\.\d+$/;
/** As long as most names that fill a placeholder: `joblib.load`, `requirements`. */
const TYPICAL = 'name_of_12__';

describe.each(rules)('$id', ({ id, family, rule }) => {
  const messages = Object.entries(rule.messages);

  it('has a kebab-case id in a known family', () => {
    expect(id).toMatch(/^[a-z][a-z0-9]*(?:-[a-z0-9]+)*$/);
    expect([...FAMILIES]).toContain(family);
  });

  it('says in one sentence what it finds', () => {
    expect(rule.summary).toMatch(/^[A-Z`][^\n]*[^.]\.$/);
    expect(rule.summary.length).toBeLessThanOrEqual(100);
  });

  it('has known stages and a version', () => {
    expect(rule.stages.length).toBeGreaterThan(0);
    for (const stage of rule.stages) expect([...STAGES]).toContain(stage);
    expect(rule.since).toMatch(SINCE);
  });

  it.each(messages)('message %s is short and plain', (_, message) => {
    const filled = message.replace(/\{\w+\}/g, TYPICAL);
    expect(filled.length, filled).toBeLessThanOrEqual(120);
    expect(message).toMatch(/^[A-Z`{"']/);
    expect(message).not.toMatch(/[.!\n]$/);
    expect(message).not.toMatch(/\bplease\b|\bshould\b|\bmay potentially\b|CVE-|!(?!=)/i);
  });

  it('has well-formed references', () => {
    const odd = rule.references.filter((reference) => !REFERENCES.some((form) => form.test(reference)));
    expect(odd).toEqual([]);
    expect(rule.references.length).toBeGreaterThan(0);
    expect(new Set(rule.references).size).toBe(rule.references.length);
  });

  it('names rules of other tools in full', () => {
    for (const overlap of rule.overlaps ?? []) expect(overlap).toMatch(/^[a-z][a-z-]*:[\w./-]+$/);
  });

  it('says why, what instead, what a fix changes and what it does not see', () => {
    const { why, instead, fixSafety, limits } = rule.docs;
    for (const text of [why, instead, fixSafety, limits]) {
      expect(text.trim().length).toBeGreaterThan(20);
      expect(text.trim()).toMatch(/[.!?:)`]$/);
      expect(text).not.toMatch(/\bTODO\b|\bFIXME\b|\bTBD\b/);
    }
  });

  it('asks for names that end in a name', () => {
    for (const query of queriesOf({ id, family, rule } as never)) {
      if ('names' in query) for (const name of query.names) expect(name).not.toMatch(/\*$|^$|\.$/);
    }
  });

  it('has trigger words in lower case, if any', () => {
    for (const word of typeof rule.words === 'function' ? [] : (rule.words ?? []))
      expect(word).toBe(word.toLowerCase());
  });

  it('has examples', () => expect(rule.examples.length).toBeGreaterThan(0));
});

describe('all rules', () => {
  it('are sorted by ids of their own', () => {
    const ids = rules.map(({ id }) => id);
    expect(ids).toEqual([...new Set(ids)].sort());
  });
});
