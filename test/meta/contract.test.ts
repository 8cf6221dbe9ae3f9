import { describe, expect, it } from 'vitest';
import { queriesOf } from '../../server/src/engine/rule-index.js';
import { rules } from '../../server/src/rules/index.gen.js';

const FAMILIES =
  'collection preprocessing features training evaluation serving monitoring loading supply-chain secrets data-protection pipelines platforms containers clusters cloud ci ignores'.split(
    ' ',
  );
const REFERENCE =
  /^(CWE-\d+|OWASP-(ML|LLM|A)\d{2}:20\d{2}|CICD-SEC-\d+|AML\.T\d{4}(\.\d{3})?|CVE-\d{4}-\d+|PEP-\d+|https:\/\/\S+)$/;

describe.each(rules)('$id', ({ id, family, rule }) => {
  it('is named, placed and explained', () => {
    expect(id).toMatch(/^[a-z0-9]+(-[a-z0-9]+)*$/);
    expect(FAMILIES).toContain(family);
    expect(rule.summary).toMatch(/^[A-Z].*\.$/);
    expect(rule.stages.length).toBeGreaterThan(0);
    for (const text of [rule.docs.why, rule.docs.instead, rule.docs.fixSafety, rule.docs.limits])
      expect(text.trim().length).toBeGreaterThan(20);
    expect(rule.references.length).toBeGreaterThan(0);
    for (const reference of rule.references) expect(reference).toMatch(REFERENCE);
  });

  it.each(Object.entries(rule.messages))('words message %s as agreed', (_, message) => {
    expect(message.replace(/\{\w+\}/g, 'typical').length).toBeLessThanOrEqual(125);
    expect(message).not.toMatch(/[.!]$|\bplease\b|\bshould\b|\bmay potentially\b|CVE-/i);
    expect(message).toMatch(/^[A-Z`{]/);
  });

  it('asks for names that can be looked up', () => {
    for (const query of queriesOf({ id, family, rule, fixedSeverity: undefined })) {
      if (query.kind !== 'call' && query.kind !== 'reference' && query.kind !== 'store') continue;
      for (const name of query.names) expect(name).not.toMatch(/\*$/);
    }
  });
});
