import { existsSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { rules } from '../../server/src/rules/index.gen.js';
import { CheckedFiles } from './check-files.js';

interface Case {
  readonly title: string;
  readonly files: Record<string, string>;
}

/** One `##` heading is one test; each fenced block is a file, its path the second word of the info string. */
function casesOf(markdown: string): Case[] {
  return markdown
    .split(/^## /m)
    .slice(1)
    .map((section) => {
      const files: Record<string, string> = {};
      for (const block of section.matchAll(/^(`{3,})(\S+)[ \t]+(\S+)[ \t]*\r?\n([\s\S]*?)^\1[ \t]*$/gm))
        files[block[3]!] = block[4]!;
      return { title: section.slice(0, section.indexOf('\n')).trim(), files };
    });
}

/** Rules asserted on each line of a text, as `line rule`. */
function asserted(text: string): string[] {
  return text
    .split('\n')
    .flatMap((line, number) =>
      [...line.matchAll(/(?:#|;|\/\/)\s*error:\s*([\w-]+(?:\s*,\s*[\w-]+)*)/g)].flatMap((match) =>
        match[1]!.split(/\s*,\s*/).map((rule) => `${number + 1} ${rule}`),
      ),
    );
}

/** Rules that report the first of several places of one thing report the next when it is repaired. */
const PASSES = 20;

/** Applies what can be applied without filling in, again and again: then nothing is left to apply and no more is broken. */
async function expectRepaired(files: Record<string, string>, path: string, id: string): Promise<void> {
  let open = await CheckedFiles.open(files, [id]);
  const before = open.check(path);
  const fixable = () =>
    open.check(path).findings.filter(({ fixes }) => fixes.some(({ safety }) => safety !== 'placeholder'));
  for (let pass = 0; pass < PASSES && fixable().length > 0; pass++) {
    open.fixed(path, fixable());
    open = await CheckedFiles.open(open.files, [id]);
  }
  expect(fixable().map(({ message }) => message)).toEqual([]);
  expect(open.check(path).problems).toEqual(before.problems);
}

const withCases = rules.flatMap((rule) => {
  const file = new URL(`../../server/src/rules/${rule.family}/${rule.id}.cases.md`, import.meta.url);
  return existsSync(file) ? [{ id: rule.id, cases: casesOf(readFileSync(file, 'utf8')) }] : [];
});

describe.each(withCases)('$id', ({ id, cases }) => {
  it('has cases', () => expect(cases.length).toBeGreaterThan(0));

  it.each(cases)('$title', async ({ files }) => {
    const workspace = await CheckedFiles.open(files, [id]);
    for (const path of Object.keys(files)) {
      const { findings, problems } = workspace.check(path);
      expect(problems.filter((problem) => problem.kind === 'internal')).toEqual([]);
      const found = findings.map((finding) => `${finding.place.start.line + 1} ${finding.ruleId}`);
      expect({ path, found: found.sort() }).toEqual({ path, found: asserted(files[path]!).sort() });
      expect(workspace.check(path, false).findings).toEqual(findings);
      await expectRepaired(files, path, id);
    }
  });
});
