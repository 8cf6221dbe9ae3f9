import { describe, expect, it } from 'vitest';
import { NamePatterns } from '../../../server/src/base/name-pattern.js';
import type { EnabledRule } from '../../../server/src/engine/enabled-rules.js';
import { NamedRules } from '../../../server/src/engine/named-rules.js';
import { RuleIndex } from '../../../server/src/engine/rule-index.js';
import { rules } from '../../../server/src/rules/index.gen.js';

const named = (asked: Readonly<Record<string, readonly string[]>>) =>
  new NamedRules(Object.entries(asked).map(([id, names]) => ({ rule: { id } as EnabledRule, query: { names } })));
const ids = (found: readonly EnabledRule[] | undefined) => found?.map(({ id }) => id);

describe('rules by the names they ask for', () => {
  const index = named({
    load: ['torch.load', 'pickle.load'],
    put: ['boto3.client().put_object', '*.put_object'],
    any: ['torch.*', 'torch.**.hub.load'],
    plain: ['open', 'load'],
  });

  it('are found by name, last name and wildcard', () => {
    expect(ids(index.match('torch.load'))).toEqual(['load', 'any']);
    expect(ids(index.match('torch.hub.load'))).toEqual(['any']);
    expect(ids(index.match('boto3.client().put_object'))).toEqual(['put']);
    expect(ids(index.match('torch.zeros'))).toEqual(['any']);
    expect(index.match('json.load')).toEqual([]);
    expect(ids(index.asking('load'))).toEqual(['load', 'any', 'plain']);
    expect(index.asking('dump')).toBeUndefined();
  });

  it('tell what a name is called on, unless a pattern leaves that open', () => {
    expect(index.receivers('load')).toEqual(['torch', 'pickle', 'hub']);
    expect(index.receivers('open')).toEqual([]);
    expect(index.receivers('put_object')).toBeUndefined();
    expect([...index.receiverNames()].sort()).toEqual(['hub', 'pickle', 'torch']);
  });

  it('match what one table of all patterns matches', () => {
    const all = new RuleIndex(rules.map((rule) => ({ ...rule, fixedSeverity: undefined })));
    const table = new NamePatterns<string>();
    const names: string[] = [];
    for (const { rule, query } of all.of('call'))
      for (const name of query.names) {
        table.add(name, rule.id);
        names.push(name.replaceAll('**', 'a.b').replaceAll('*', 'c'));
      }
    expect(names.length).toBeGreaterThan(2000);
    for (const name of names) expect(new Set(ids(all.calls.match(name))), name).toEqual(new Set(table.match(name)));
  });
});
