import type { Language } from '../base/language.js';
import type { ConfigFacts } from '../facts/config/entry.js';
import { configFacts, isConfigLanguage, isLoaded } from './drivers.js';
import type { SourceDocument } from './source-document.js';
import type { Workspace } from './workspace.js';

const LANGUAGES: Readonly<Record<Language, string>> = {
  python: 'Python',
  notebook: 'a notebook',
  yaml: 'YAML',
  json: 'JSON',
  toml: 'TOML',
  ini: 'INI, properties or environment lines',
  hcl: 'Terraform',
  textproto: 'protobuf text',
  dockerfile: 'a Dockerfile',
  requirements: 'a requirements file',
};

const NO_FORMAT = 'No format was recognised: only rules for any file ran, such as those about secrets';

/** A file of many documents is not told document by document. */
const MOST = 10;

/**
 * What a document is checked as, and why: one sentence a line. For configuration the recognised format with the evidence for
 * it, and what keeps findings or fixes back.
 */
export function whyChecked(workspace: Workspace, { path, language, text }: SourceDocument): string[] {
  const lines = [`Checked as ${LANGUAGES[language]}`];
  if (!isConfigLanguage(language) || !isLoaded(language)) return lines;
  const facts = configFacts(path, language, text ?? '', workspace);
  return [...lines, ...formatLines(facts), ...notes(facts)];
}

function formatLines({ formats }: ConfigFacts): string[] {
  const said = formats.map((format) => format?.reason ?? NO_FORMAT);
  if (said.length === 0) return ['The file is empty'];
  if (new Set(said).size === 1) return [said[0]!];
  const more = said.length > MOST ? [`and ${said.length - MOST} more documents`] : [];
  return [...said.slice(0, MOST).map((line, index) => `Document ${index + 1}: ${line}`), ...more];
}

function notes({ template, patch, generated, errors }: ConfigFacts): string[] {
  return [
    ...(template
      ? ['A template, or text in another syntax: it is read as far as possible, and no fix is offered']
      : []),
    ...(patch ? ['A patch of Kustomize: what it lacks means nothing'] : []),
    ...(generated ? ['Written by a program: change what it was made from'] : []),
    ...(errors.length > 0 && !template ? [`Read with errors, so no fix is offered: ${errors[0]!.message}`] : []),
  ];
}
