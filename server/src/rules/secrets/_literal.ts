import {
  argumentOf,
  type CallFact,
  type ConfigEntry,
  edit,
  KUBERNETES_LIKE,
  type Report,
  type RuleContext,
  type TextFact,
} from '../../engine/index.js';
import {
  type FoundSecret,
  findSecrets,
  isSecretName,
  type KeyArgument,
  looksLikeSecretValue,
  redact,
  type SecretFamily,
  variableOf,
} from '../../knowledge/secrets/index.js';

/** A secret of one provider in a text fact: where it stands in the document, and what may be shown of it. */
export interface LiteralSecret {
  readonly found: FoundSecret;
  readonly range: { readonly start: number; readonly end: number };
  readonly shown: string;
}

/** Secrets of providers in a text; formats without a prefix count behind the name the text is given to. */
export function secretsIn(fact: TextFact, ...families: readonly SecretFamily[]): readonly LiteralSecret[] {
  const { lead, secrets } = searched(fact);
  if (secrets.length === 0) return [];
  return secrets
    .filter((found) => families.includes(found.format.family) && found.start >= lead.length)
    .filter((found) => !namesSigner(fact.text, found.start - lead.length))
    .map((found) => {
      const start = found.start - lead.length;
      const end = found.end - lead.length;
      const range = fact.escaped ? fact.range : { start: fact.range.start + start, end: fact.range.start + end };
      return { found, range, shown: redact(fact.text.slice(start, end), found.format) };
    });
}

interface Search {
  /** What stands before the text when it is searched: the name it is given to. */
  readonly lead: string;
  readonly secrets: readonly FoundSecret[];
}

const searches = new WeakMap<TextFact, Search>();

/** Every rule about secrets is given the same text: it is searched once. */
function searched(fact: TextFact): Search {
  let search = searches.get(fact);
  if (search === undefined) {
    const lead = fact.name === undefined ? '' : `${fact.name}=`;
    search = { lead, secrets: findSecrets(lead + fact.text) };
    searches.set(fact, search);
  }
  return search;
}

type Where = Pick<RuleContext<Record<never, never>>, 'text' | 'language' | 'facts'>;

/** Secrets of some families, without those in places that have rules of their own. */
export function storedSecrets(
  fact: TextFact,
  families: readonly SecretFamily[],
  where: Where,
): readonly LiteralSecret[] {
  if (searched(fact).secrets.length === 0) return [];
  return hasRuleOfItsPlace(fact, where) ? [] : secretsIn(fact, ...families);
}

const MANIFESTS = new Set<string | undefined>([...KUBERNETES_LIKE, 'kfp']);

/**
 * True in places whose rule reports every secret and knows where it belongs: remotes of DVC, `{name, value}` variables of
 * containers, and parameters of Seldon.
 */
export function hasRuleOfItsPlace(fact: TextFact, { facts }: Pick<Where, 'facts'>): boolean {
  if (facts === undefined) return false;
  // Key ids are names to the rule of remotes.
  if (facts.formats.some((format) => format?.id === 'dvc-config')) return fact.name !== 'access_key_id';
  const entry = entryAt(facts.roots, fact.range.start);
  if (entry?.key !== 'value' || entry.tag !== undefined) return false;
  const [list, format] = [entry.parent?.parent?.key, facts.formats[entry.document]?.id];
  if (list === 'env' ? !MANIFESTS.has(format) : list !== 'parameters' || format !== 'seldon') return false;
  return fact.name !== undefined && isSecretName(fact.name) && looksLikeSecretValue(fact.text);
}

/** The innermost entry around an offset. O(depth × children). */
function entryAt(roots: readonly ConfigEntry[], offset: number): ConfigEntry | undefined {
  const around = (entries: readonly ConfigEntry[]): ConfigEntry | undefined =>
    entries.find(({ range }) => range.start <= offset && offset < range.end);
  let found = around(roots);
  for (let next = found; next !== undefined; next = around(next.children)) found = next;
  return found;
}

/** The secret a call is given for a parameter, where it is a literal of this document. */
export function secretInCall(
  call: CallFact,
  argument: KeyArgument,
  { python: py, text }: Pick<RuleContext<Record<never, never>>, 'python' | 'text'>,
): LiteralSecret | undefined {
  const literal = [undefined, ...(argument.positions ?? [])]
    .map((position) => argumentOf(call, argument.keyword, position))
    .map((passed) => (passed === undefined || passed.unpacked ? undefined : py.definition(passed.value)))
    .find((value) => value?.kind === 'string');
  if (literal?.kind !== 'string' || literal.bytes) return undefined;
  const range = insideQuotes(text, literal.range);
  const [found] = findSecrets(`${argument.name}=${literal.value}`);
  if (found === undefined || text.slice(range.start, range.end) !== literal.value) return undefined;
  if (found.end !== argument.name.length + 1 + literal.value.length) return undefined;
  return { found, range, shown: redact(literal.value, found.format) };
}

/** The text inside the quotes of a literal. */
export function insideQuotes(
  text: string,
  range: { readonly start: number; readonly end: number },
): { readonly start: number; readonly end: number } {
  const opening = /^[a-zA-Z]{0,2}("""|'''|"|')/.exec(text.slice(range.start, range.start + 5));
  if (opening === null) return range;
  return { start: range.start + opening[0].length, end: range.end - opening[1]!.length };
}

/** True for the key id in a presigned address: it says who signed; the key itself is not there. */
export function namesSigner(text: string, start: number): boolean {
  return /[?&](X-Amz-Credential|AWSAccessKeyId)=$/i.test(text.slice(Math.max(0, start - 24), start));
}

/** Offers to read a Python literal from the environment; only where the literal is the secret and nothing else. */
export function offerEnvironment(
  report: Report,
  text: string,
  secret: Pick<LiteralSecret, 'range'>,
  variable: string,
): void {
  const { start, end } = secret.range;
  const mark = text[start - 1];
  if (
    (mark !== '"' && mark !== "'") ||
    text[end] !== mark ||
    /[A-Za-z"']/.test(text[start - 2] ?? '') ||
    text[end + 1] === mark
  )
    return;
  if (/environ\s*\[[^\]]*\]\s*=\s*$/.test(text.slice(Math.max(0, start - 80), start - 1))) return;
  const literal = { start: start - 1, end: end + 1 };
  report.fix(
    `Read \`${variable}\` from the environment`,
    'review',
    [...edit.replace(literal, `os.environ[${mark}${variable}${mark}]`), ...edit.addImport(text, 'import os')],
    'the variable has to be set where this runs',
  );
}

const STORED_IN_ENVIRONMENT = /\b\w*env\w*\s*\[[^\]\n]{0,80}\]\s*=\s*$/i;

/** True for a literal that the code puts into the environment: `os.environ["NAME"] = "…"`. */
export function isPutIntoEnvironment(text: string, literalStart: number): boolean {
  return STORED_IN_ENVIRONMENT.test(text.slice(Math.max(0, literalStart - 120), literalStart));
}

/**
 * The fix of a literal secret: read it from the environment, or, where a notebook puts it there, ask for it. None where the
 * name of the variable would be made up.
 */
export function offerFix(report: Report, where: Where, secret: LiteralSecret, name: string | undefined): void {
  offerVariable(report, where, secret, variableOf(secret.found.format, name), name);
}

/** The same for a literal without a format. */
export function offerVariable(
  report: Report,
  { text, language }: Where,
  secret: Pick<LiteralSecret, 'range'>,
  variable: string | undefined,
  name: string | undefined,
): void {
  if (variable === undefined || (language !== 'python' && language !== 'notebook')) return;
  const { start, end } = secret.range;
  const mark = text[start - 1];
  if (!isPutIntoEnvironment(text, start - 1)) offerEnvironment(report, text, secret, variable);
  else if (language === 'notebook' && (mark === '"' || mark === "'") && text[end] === mark && text[end + 1] !== mark) {
    report.fix(
      'Ask for the value with `getpass`',
      'review',
      [
        ...edit.replace({ start: start - 1, end: end + 1 }, `getpass.getpass(${mark}${name ?? variable}: ${mark})`),
        ...edit.addImport(text, 'import getpass'),
      ],
      'the notebook asks for the value on each run',
    );
  }
}
