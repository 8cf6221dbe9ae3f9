import { edit, type Report, type TextFact } from '../../engine/index.js';
import { type FoundSecret, findSecrets, redact, type SecretFamily } from '../../knowledge/secrets/index.js';

/** A secret of one provider in a text fact: where it stands in the document, and what may be shown of it. */
export interface LiteralSecret {
  readonly found: FoundSecret;
  readonly range: { readonly start: number; readonly end: number };
  readonly shown: string;
}

/** Secrets of a provider in a text; formats without a prefix count behind the name the text is given to. */
export function secretsIn(fact: TextFact, family: SecretFamily): readonly LiteralSecret[] {
  const lead = fact.name === undefined ? '' : `${fact.name}=`;
  return findSecrets(lead + fact.text)
    .filter((found) => found.format.family === family && found.start >= lead.length)
    .filter((found) => !namesSigner(fact.text, found.start - lead.length))
    .map((found) => {
      const start = found.start - lead.length;
      const end = found.end - lead.length;
      const range = fact.escaped ? fact.range : { start: fact.range.start + start, end: fact.range.start + end };
      return { found, range, shown: redact(fact.text.slice(start, end), found.format) };
    });
}

/** True for the key id in a presigned address: it says who signed; the key itself is not there. */
export function namesSigner(text: string, start: number): boolean {
  return /[?&](X-Amz-Credential|AWSAccessKeyId)=$/i.test(text.slice(Math.max(0, start - 24), start));
}

/** Offers to read a Python literal from the environment; only where the literal is the secret and nothing else. */
export function offerEnvironment(report: Report, text: string, secret: LiteralSecret, variable: string): void {
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
