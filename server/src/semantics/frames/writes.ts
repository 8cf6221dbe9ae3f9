import type { Range } from '../../base/range.js';
import type { Argument } from '../../facts/python/expression.js';
import {
  ENCRYPTED_TARGET,
  ENCRYPTION_KEYWORDS,
  FRAME_WRITERS,
  MEMORY_STREAMS,
  SPARK_WRITERS,
  WRITE_FUNCTIONS,
} from '../../knowledge/data-frames/writers.js';
import { mergedData, type Thing, type Value } from './abstract-value.js';
import type { CallSite } from './call-site.js';
import { type Data, selectColumns } from './data.js';
import { personalColumns } from './personal.js';
import { argumentShape, certainty, trailOf } from './reporting.js';

const FUNCTIONS = new Map(WRITE_FUNCTIONS.map((entry) => [entry.name, entry]));
const TARGET_KEYWORDS = [
  'path_or_buf',
  'path',
  'excel_writer',
  'file',
  'fname',
  'filename',
  'fp',
  'where',
  'root_path',
  'dataset_path',
];

/** `df.to_csv(path)`: reports the write. True when it is one; without a target the method gives text. */
export function writeMethod(site: CallSite, method: string, data: Data): boolean {
  if (data.shape === 'writer') {
    if (SPARK_WRITERS.has(method))
      reportWrite(site, `${data.library}.DataFrame().write.${method}`, data, targetOf(site, 0));
    return SPARK_WRITERS.has(method);
  }
  const position = FRAME_WRITERS.get(method);
  if (position === undefined) return false;
  const target = method === 'to_sql' ? site.argument('con', position) : targetOf(site, position);
  if (target === undefined) return false;
  const columns = site.names('columns');
  const written = columns !== undefined && !columns.single ? selectColumns(data, columns) : data;
  reportWrite(site, `${data.library}.DataFrame().${method}`, written, target, method === 'to_sql');
  return true;
}

function targetOf(site: CallSite, position: number): Argument | undefined {
  for (const keyword of TARGET_KEYWORDS) {
    const argument = site.argument(keyword);
    if (argument !== undefined) return argument;
  }
  return site.argument(undefined, position);
}

/** `json.dump(rows, file)`, `file.write(text)`. */
export function writeCall(site: CallSite, names: readonly string[], receiver: Thing | undefined): void {
  for (const name of names) {
    const entry = FUNCTIONS.get(name);
    const isFile = /(?:^|\.)(?:open|Path\(\)\.open)\(\)\.write(?:lines)?$/.test(name);
    if (entry === undefined && !isFile) continue;
    const data = mergedData([site.value(undefined, entry?.data ?? 0)]);
    if (data === undefined) return;
    const target = entry === undefined || entry.target < 0 ? undefined : site.argument(undefined, entry.target);
    if (target === undefined && isMemory(receiver)) return;
    return reportWrite(site, name, data, target, false, receiver);
  }
}

function isMemory(value: Value | undefined): boolean {
  return value?.kind === 'thing' && value.names.some((name) => MEMORY_STREAMS.test(name));
}

function reportWrite(
  site: CallSite,
  name: string,
  data: Data,
  target: Argument | undefined,
  database = false,
  receiver?: Thing,
): void {
  const { analysis } = site.e;
  const stream = site.valueOf(target);
  const handle = stream?.kind === 'thing' ? stream : receiver;
  const path = target === undefined ? handle?.target : (constantText(site, target) ?? handle?.target);
  if (path !== undefined && !site.state.files.has(path)) site.state.files.set(path, data);
  if (data.shape === 'fact' || isMemory(stream) || (target !== undefined && isNothing(target))) return;
  if (
    database &&
    !/sqlite/i.test(`${path} ${handle?.names.join(' ')} ${target && analysis.names(target.value).join(' ')}`)
  )
    return;
  const columns = personalColumns(data);
  if (columns.length === 0) return;
  analysis.record({
    kind: 'write',
    name,
    range: site.nameRange,
    statement: site.state.activation.statement,
    columns,
    reads: analysis.readsOf(data.origins, site.state),
    encrypted: data.encrypted || isEncrypted(site, target, path, handle),
    target: path,
    confidence: certainty(site, data),
    argument: { range: dataRange(site), shape: argumentShape(data) },
    trail: trailOf(analysis, data, columns),
  });
}

function dataRange(site: CallSite): Range {
  const { callee } = site.call;
  return callee.kind === 'attribute' ? callee.object.range : (site.call.arguments[0]?.value.range ?? callee.range);
}

function constantText(site: CallSite, target: Argument): string | undefined {
  const value = site.e.analysis.evaluator.value(target.value);
  if (value.kind === 'string') return value.value;
  return value.kind === 'partial' ? value.pieces.join('…') : undefined;
}

function isNothing(target: Argument): boolean {
  return target.value.kind === 'constant' && target.value.value === null;
}

/** Compression is not encryption; a keyword, a stream or a later call that encrypts the file is. */
function isEncrypted(
  site: CallSite,
  target: Argument | undefined,
  path: string | undefined,
  handle: Thing | undefined,
): boolean {
  const { analysis } = site.e;
  const keyword = site.call.arguments.find(
    (argument) => argument.name !== undefined && ENCRYPTION_KEYWORDS.has(argument.name),
  );
  if (keyword !== undefined && keyword.value.kind !== 'constant') return true;
  if (/SSEKMSKeyId|ServerSideEncryption|sse_kms/.test(analysis.text(site.call.argumentsRange))) return true;
  const written = target === undefined ? '' : analysis.text(target.value.range);
  if (analysis.encrypted.has(written) || (path !== undefined && analysis.encrypted.has(path))) return true;
  const names = handle?.names.join(' ') ?? '';
  return (
    [path ?? '', written, names].some((text) => ENCRYPTED_TARGET.test(text)) &&
    !/un_?encrypt|not_?encrypt|decrypt/i.test(`${path} ${written}`)
  );
}
