import type { Range, TextEdit } from '../../base/range.js';
import { type Expression, edit, type PythonQuestions, type StatementFact } from '../../engine/index.js';
import { asksModel, PUBLISHES, PUBLISHING_METHOD } from '../../knowledge/model-calls.js';

/** What a number that decides about a release is called. */
const METRIC =
  /(?:^|[^a-z0-9])(?:acc(?:uracy)?|auc|auroc|roc_auc|auprc|f1|precision|recall|r2|rmse|mae|mse|mape|bleu|rouge|wer|loss|score|metrics?|sensitivity|specificity|lift|gini|drift|psi|fairness|parity|disparity)(?:$|[^a-z])/i;
/** What is measured about data and shapes, not about a model. */
const SIZE = /\blen\(|\.shape|\.ndim|\.size\b|\.dtype|\.dim\(/;
const ORDER = /^(?:<|>|<=|>=)$/;
const DIGEST =
  /^(?:hashlib|xxhash|blake3)\..*(?:digest|hexdigest)\(\)$|(?:^|\.)(?:\w*(?:sha\d+|md5|checksum|file_hash)\w*)\(\)$/;
const VERIFIED =
  /^(?:hmac|secrets)\.compare_digest$|(?:^|\.)(?:verify|check)_(?:signature|checksum|hash|sha256|integrity|digest)$/;

/** `auc >= 0.8`, `0.5 < metrics["f1"] <= 1 and …`: an order of a metric and something else. */
export function isMetric(condition: Expression, text: string): boolean {
  if (condition.kind !== 'operation') return false;
  const { operator, operands } = condition;
  if (operator === 'and' || operator === 'or' || operator === 'not') {
    return operands.some((operand) => isMetric(operand, text));
  }
  // `0 <= auc <= 1` asks whether the number is one.
  if (operands.filter(({ kind }) => kind === 'number').length > 1) return false;
  const written = operands.map(({ range }) => text.slice(range.start, range.end));
  return ORDER.test(operator) && written.some((part) => METRIC.test(part)) && !written.some((part) => SIZE.test(part));
}

/** A comparison of a digest, or a call that compares one. */
export function isIntegrity(condition: Expression, py: PythonQuestions): boolean {
  if (condition.kind === 'call') return py.names(condition.callee).some((name) => VERIFIED.test(name));
  if (condition.kind !== 'operation' || !/^(?:==|!=|in|and)$/.test(condition.operator)) return false;
  if (condition.operator === 'and') return condition.operands.some((operand) => isIntegrity(operand, py));
  return condition.operands.some((operand) => py.names(operand).some((name) => DIGEST.test(name)));
}

/** The first call behind the gate, in its scope, that releases a model; `answers`: or that asks one. */
export function sensitiveCall(
  fact: StatementFact,
  py: PythonQuestions,
  text: string,
  answers = false,
): { readonly range: Range; readonly callee: string } | undefined {
  const after = { start: fact.statement.range.end, end: fact.around.end };
  const sensitive = (name: string): boolean =>
    PUBLISHES.test(name) || PUBLISHING_METHOD.test(name) || (answers && asksModel(name));
  const call = py.callsIn(after).find(({ name, scope }) => scope === fact.scope && sensitive(name));
  if (call !== undefined)
    return { range: call.calleeRange, callee: call.name.split('.').slice(-2).join('.').replaceAll('()', '') };
  // An object that is a parameter has no name of a library; these methods say enough. Other scopes cannot be told apart.
  const method = /\.(?:save_pretrained|push_to_hub|log_model|register_model|transition_model_version_stage)(?=\()/;
  const found = /^\s*(?:async\s+)?def\b/.test(text.slice(fact.around.start))
    ? method.exec(text.slice(after.start, after.end))
    : null;
  if (found === null) return undefined;
  const start = after.start + found.index + 1;
  return { range: { start, end: start + found[0].length - 1 }, callee: found[0].slice(1) };
}

/** The statement as an `if`; nothing where it shares its line. */
export function raising({ statement }: StatementFact, text: string): TextEdit[] {
  const { start, end } = statement.range;
  const indent = edit.indentAt(text, start);
  const alone = text.slice(0, start).endsWith(`\n${indent}`) || start === indent.length;
  if (statement.kind !== 'assert' || !alone || !/^[ \t]*(?:#[^\n]*)?\r?(?:\n|$)/.test(text.slice(end))) return [];
  const written = ({ range }: Expression): string => text.slice(range.start, range.end);
  const error = statement.message === undefined ? 'AssertionError' : `AssertionError(${written(statement.message)})`;
  const line = text.includes('\r\n') ? '\r\n' : '\n';
  return edit.replace(
    statement.range,
    `if not (${written(statement.condition)}):${line}${indent}${indent.includes('\t') ? '\t' : '    '}raise ${error}`,
  );
}
