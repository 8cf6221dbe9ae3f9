import type { CallFact, Expression, PythonQuestions } from '../../engine/index.js';
import { categoryInfo, classifyColumn } from '../../knowledge/personal-data/index.js';
import { surroundings } from './_digest-use.js';

/** Methods that leave the value as it is, in another form. */
const FORMS = /^(?:encode|lower|upper|strip|casefold|astype|values|to_numpy|tobytes|fillna|cast|format|replace)$/;
const WRAPPERS = ['str', 'bytes', 'repr', 'pyspark.sql.functions.col', 'pyspark.sql.functions.lower', 'polars.col'];

/** The one value that is hashed. */
export interface Hashed {
  readonly column: string;
  /** A column or item, not a plain variable. */
  readonly inRows: boolean;
}

/** Name of the single value that is hashed; undefined when it is joined with another one or has no name. */
export function hashedName(expression: Expression, py: PythonQuestions, depth = 0): Hashed | undefined {
  if (depth > 6) return undefined;
  const inner = (part: Expression | undefined): Hashed | undefined =>
    part === undefined ? undefined : hashedName(part, py, depth + 1);
  switch (expression.kind) {
    case 'name':
      return { column: expression.name, inRows: false };
    case 'attribute':
      return FORMS.test(expression.name) ? inner(expression.object) : { column: expression.name, inRows: true };
    case 'string':
      return depth > 0 || !/\s/.test(expression.value) ? { column: expression.value, inRows: true } : undefined;
    case 'subscript': {
      const key = expression.index.length === 1 ? expression.index[0]! : undefined;
      return key?.kind === 'string' ? { column: key.value, inRows: true } : undefined;
    }
    case 'formatted':
      return expression.parts.length === 1 && typeof expression.parts[0] !== 'string'
        ? inner(expression.parts[0])
        : undefined;
    case 'call': {
      const { callee } = expression;
      if (py.names(callee).some((name) => WRAPPERS.includes(name))) return inner(expression.arguments[0]?.value);
      if (callee.kind !== 'attribute') return undefined;
      if (callee.name !== 'get') return FORMS.test(callee.name) ? inner(callee.object) : undefined;
      const key = expression.arguments[0]?.value;
      return key?.kind === 'string' ? { column: key.value, inRows: true } : undefined;
    }
  }
  return undefined;
}

/** The column whose values a lambda or a helper gets: `df["email"].map(lambda v: …)`, `df["email"].apply(pseudonym)`. */
export function handedIn(call: CallFact, text: string): Hashed | undefined {
  const before = text.slice(call.statement.start, call.range.start);
  const column =
    '\\[["\']([\\w ]+)["\']\\](?:\\.\\w+(?:\\([^()\\n]*\\))?)*?\\.(?:apply|map|transform|progress_apply)\\(\\s*';
  const lambda = new RegExp(`${column}lambda\\b[^\\n]*$`).exec(before)?.[1];
  if (lambda !== undefined) return { column: lambda, inRows: true };
  const { name } = surroundings(call, text);
  const helper = name === '' ? undefined : new RegExp(`${column}(?:\\w+\\.)?${name}\\b`).exec(text)?.[1];
  return helper === undefined ? undefined : { column: helper, inRows: true };
}

export function levelOf({ column, inRows }: Hashed): 'warning' | 'info' | undefined {
  // By itself the name is that of a module, a repository or a resource as often as that of a person.
  if (!inRows && /^full_?name$/i.test(column)) return undefined;
  const found = classifyColumn(column);
  if (found === undefined || found.protected === true || found.evidence === 'weak-upgraded') return undefined;
  const { kind } = categoryInfo(found.category);
  if (kind === 'direct') return 'warning';
  return kind === 'pseudonymous' && inRows ? 'info' : undefined;
}
