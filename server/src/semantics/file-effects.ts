import { lastSegment } from '../base/name-pattern.js';
import type { Range } from '../base/range.js';
import { argumentOf, type CallExpression, type Expression } from '../facts/python/expression.js';
import { DOWNLOADERS, WRITERS } from '../knowledge/untrusted-sources.js';
import type { Evaluator } from './evaluate.js';
import type { Origin, SourceKind } from './origin.js';

export interface Download {
  readonly range: Range;
  readonly description: string;
  readonly source: SourceKind | undefined;
}

/** What the module itself fetches or writes: by literal path, or by the key of the buffer it goes into. */
export interface FileEffects {
  readonly downloads: ReadonlyMap<string, Download>;
  readonly writes: ReadonlyMap<string, Range>;
}

/** Key of the buffer an expression such as `io.BytesIO()` makes; never equal to a path. */
export function bufferKey(made: Expression): string {
  return `\0${made.range.start}`;
}

/** Last names of the calls whose file effects are known. */
export const EFFECT_NAMES: readonly string[] = [
  ...[...DOWNLOADERS, ...WRITERS].map((entry) => lastSegment(entry.name)),
  'write',
  'write_bytes',
];

type Definition = (expression: Expression) => Expression;

/** What the given calls fetch or write. `calls` are all calls of the module with a name of the tables. */
export function fileEffects(
  calls: readonly { readonly name: string; readonly expression: CallExpression }[],
  evaluator: Evaluator,
  origin: (expression: Expression) => Origin,
  definition: Definition,
): FileEffects {
  const downloads = new Map<string, Download>();
  const writes = new Map<string, Range>();
  for (const { name, expression } of calls) {
    if (/\(\)\.write(_bytes)?$/.test(name)) {
      const written = fetchedInto(expression, evaluator, origin, definition);
      if (written !== undefined) downloads.set(written.key, written.download);
      continue;
    }
    const downloader = DOWNLOADERS.find((entry) => entry.name === name);
    const entry = downloader ?? WRITERS.find((writer) => writer.name === name);
    const argument = entry && argumentOf(expression, entry.keyword, entry.position);
    const key = argument === undefined ? undefined : targetKey(argument.value, evaluator, definition);
    if (key === undefined) continue;
    if (downloader === undefined) writes.set(key, expression.range);
    else downloads.set(key, { range: expression.range, description: downloader.description, source: downloader.kind });
  }
  return { downloads, writes };
}

/** A literal path, the literal path of a file opened by `open(path)` or `path.open()`, or a buffer made without content. */
function targetKey(target: Expression, evaluator: Evaluator, definition: Definition): string | undefined {
  const value = evaluator.value(target);
  if (value.kind === 'string') return value.value;
  const made = definition(target);
  if (made.kind !== 'call') return undefined;
  const [first] = made.arguments;
  const path = made.callee.kind === 'attribute' ? evaluator.value(made.callee.object) : undefined;
  if (path?.kind === 'string') return path.value;
  if (first === undefined) return bufferKey(made);
  const named = evaluator.value(first.value);
  return named.kind === 'string' ? named.value : undefined;
}

/** `open("x", "wb").write(response.content)`: where the content goes, and where it was fetched. */
function fetchedInto(
  call: CallExpression,
  evaluator: Evaluator,
  origin: (expression: Expression) => Origin,
  definition: Definition,
): { key: string; download: Download } | undefined {
  const [content] = call.arguments;
  const key = call.callee.kind === 'attribute' ? targetKey(call.callee.object, evaluator, definition) : undefined;
  if (content === undefined || key === undefined) return undefined;
  const from = origin(content.value);
  const [first] = from.trail;
  return from.tier === 'T1' && first !== undefined
    ? {
        key,
        download: {
          range: 'path' in first.range ? call.range : first.range,
          description: from.description,
          source: from.source,
        },
      }
    : undefined;
}

/** Origin of what a download stored; undefined for none. */
export function fetchedAt(download: Download | undefined): Origin | undefined {
  if (download === undefined) return undefined;
  const { range, description, source } = download;
  const trail = [{ range, message: `${description} is stored here` }];
  return {
    tier: 'T1',
    operator: source === 'operator',
    ...(source === undefined ? {} : { source }),
    description,
    trail,
  };
}

/** Origin of a literal path: of the program's own making when it writes it, else of the project. */
export function writtenAt(written: Range | undefined): Origin {
  const trail = written === undefined ? [] : [{ range: written, message: 'the same file writes it here' }];
  return {
    tier: 'T3',
    operator: false,
    description: written === undefined ? 'literal path' : 'written by the same file',
    trail,
  };
}
