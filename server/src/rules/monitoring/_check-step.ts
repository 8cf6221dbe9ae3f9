import type { Range } from '../../base/range.js';
import type { PythonQuestions, Statement } from '../../engine/index.js';
import { checksOrRaises } from '../../knowledge/integrity-checks.js';

/** What a comparison of a digest or of a signature is written with. */
const COMPARED = /digest|checksum|\bsha\d+|\bmd5|(?:file|model|expected|actual|computed)_hash|signature/i;

/** `pass` or `...`. */
export function isNothing(statement: Statement): boolean {
  if (statement.kind === 'other') return statement.word === 'pass';
  return statement.kind === 'expression' && statement.value.kind === 'constant';
}

export interface Check {
  readonly name: string;
  readonly range: Range;
}

/** A statement that does nothing but check and raise. */
export function checkIn(statement: Statement, py: PythonQuestions, text: string): Check | undefined {
  if (statement.kind === 'expression') {
    const value = statement.value.kind === 'await' ? statement.value.inner : statement.value;
    const name = value.kind === 'call' ? py.names(value.callee).find(checksOrRaises) : undefined;
    return name === undefined ? undefined : { name: name.slice(name.lastIndexOf('.') + 1), range: value.range };
  }
  if (statement.kind === 'assert') return compared(statement.condition.range, text);
  if (statement.kind !== 'if' || statement.branches.length !== 1) return undefined;
  const [branch] = statement.branches;
  const raises = branch?.condition !== undefined && branch.body.some(({ kind }) => kind === 'raise');
  return raises ? compared(branch.condition!.range, text) : undefined;
}

function compared(range: Range, text: string): Check | undefined {
  const found = COMPARED.exec(text.slice(range.start, range.end));
  return found === null ? undefined : { name: found[0].toLowerCase(), range };
}
