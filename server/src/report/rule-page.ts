import { type Language, languageOf } from '../base/language.js';
import { ruleUrl } from '../base/links.js';
import type { Example, Messages } from '../engine/rule.js';
import type { RegisteredRule } from '../engine/rule-set.js';
import { referenceLink } from './reference-links.js';

const LANGUAGE_NAMES: Readonly<Record<Language, string>> = {
  python: 'Python',
  notebook: 'notebooks',
  yaml: 'YAML',
  json: 'JSON',
  toml: 'TOML',
  ini: 'INI',
  hcl: 'Terraform',
  dockerfile: 'Dockerfiles',
  textproto: 'protobuf text files',
  requirements: 'requirements files',
};

const FENCES: Readonly<Record<Language, string>> = {
  python: 'python',
  notebook: 'json',
  yaml: 'yaml',
  json: 'json',
  toml: 'toml',
  ini: 'ini',
  textproto: 'text',
  hcl: 'hcl',
  dockerfile: 'dockerfile',
  requirements: 'text',
};

/** The whole page of a rule as Markdown: `tidegate explain`, the editor's rule page and `docs/rules/<id>.md`. */
export function rulePage(registered: RegisteredRule): string {
  const { id, rule } = registered;
  const { docs } = rule;
  const sections = [
    `# ${id}`,
    rule.summary,
    facts(registered),
    section('Why it matters in machine learning', docs.why),
    section('What to do instead', docs.instead),
    examples(rule.examples),
    section('About the fix', docs.fixSafety),
    section('When to ignore it', ignoring(registered)),
    section('Limits', docs.limits),
    section('References', rule.references.map((reference) => `- ${referenceLink(reference)}`).join('\n')),
  ];
  return `${sections.filter((text) => text !== '').join('\n\n')}\n`;
}

/** The short form for hovers and SARIF: why, what instead, references, and where the page is. */
export function ruleHelp(registered: RegisteredRule): string {
  const { id, rule } = registered;
  const references = rule.references.map(referenceLink).join(' · ');
  const parts = [paragraph(rule.docs.why), `**Instead:** ${paragraph(rule.docs.instead)}`, references];
  return [...parts, `[${id}: full page](${ruleUrl(id)})`].filter((text) => text !== '').join('\n\n');
}

/** Plain text of the short form for readers without Markdown. */
export function ruleHelpText({ rule }: RegisteredRule): string {
  return `${paragraph(rule.docs.why)}\n\nInstead: ${paragraph(rule.docs.instead)}`;
}

function facts({ family, rule }: RegisteredRule): string {
  const languages = new Set(rule.examples.map((example) => languageOf(example.path ?? 'train.py') ?? 'python'));
  const rows: readonly (readonly [string, string])[] = [
    ['Severity', rule.severity],
    ['Confidence', rule.confidence],
    ['Profile', rule.profile ?? 'recommended'],
    ['Family', family],
    ['Stages', rule.stages.join(', ')],
    ['Languages', [...languages].map((language) => LANGUAGE_NAMES[language]).join(', ')],
    ['Since', rule.since],
    ['Same weakness elsewhere', (rule.overlaps ?? []).join(', ')],
  ];
  const shown = rows.filter(([, value]) => value !== '').map(([name, value]) => `| ${name} | ${value} |`);
  return ['| | |', '|---|---|', ...shown].join('\n');
}

function section(title: string, body: string): string {
  const text = paragraph(body);
  return text === '' ? '' : `## ${title}\n\n${text}`;
}

/** Template literals of rules are indented with their code. */
function paragraph(text: string): string {
  return text
    .trim()
    .split('\n')
    .map((line) => line.replace(/^ {4,}/, ''))
    .join('\n');
}

function examples(list: readonly Example<Messages>[]): string {
  const shown = list.map(example).filter((text) => text !== '');
  return shown.length === 0 ? '' : `## Examples\n\n${shown.join('\n\n')}`;
}

function example(one: Example<Messages>): string {
  const bad = one.bad === undefined ? '' : `Reported:\n\n${fenced(one.bad, one.path)}`;
  const fixed = one.fill === undefined ? 'After the fix' : 'After the fix, filled in';
  const label = one.bad === undefined ? 'Not reported' : one.byHand === true ? 'Better' : fixed;
  const because = one.because === undefined ? '' : `, because ${one.because.replace(/\.$/, '')}`;
  const good = one.good === undefined ? '' : `${label}${because}:\n\n${fenced(one.good, one.path)}`;
  return [given(one), bad, good].filter((text) => text !== '').join('\n\n');
}

function given(one: Example<Messages>): string {
  const versions = Object.entries(one.given ?? {}).map(([library, version]) => `${library} ${version}`);
  const path = one.path === undefined ? '' : `In \`${one.path}\``;
  const with_ = versions.length === 0 ? '' : `${path === '' ? 'With' : 'with'} ${versions.join(', ')}`;
  return path === '' && with_ === '' ? '' : `${[path, with_].filter((text) => text !== '').join(', ')}:`;
}

function fenced(code: string, path = 'train.py'): string {
  const text = code.replace(/[«»]/g, '').replace(/\n+$/, '');
  const ticks = text.includes('```') ? '````' : '```';
  return `${ticks}${FENCES[languageOf(path) ?? 'python']}\n${text}\n${ticks}`;
}

function ignoring({ id, rule }: RegisteredRule): string {
  const when = rule.docs.ignoreWhen === undefined ? '' : `${paragraph(rule.docs.ignoreWhen)}\n\n`;
  return `${when}Say why, on the statement or on the line above it:\n\n${fenced(`# tidegate: ignore[${id}] -- the reason, in at least ten characters`)}`;
}
