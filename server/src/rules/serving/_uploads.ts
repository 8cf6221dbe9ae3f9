import type { CallFact, Expression, PythonQuestions, SourceKind } from '../../engine/index.js';

const SENT: readonly SourceKind[] = ['request', 'interface'];

function isUpload(value: Expression, py: PythonQuestions): boolean {
  const { source } = py.origin(value, SENT);
  return source === 'request' || source === 'interface';
}

/** What a client sent and the call opens: the value itself, or what is written to the file of that name before. */
export function uploadedTo(
  source: Expression,
  call: CallFact,
  py: PythonQuestions,
  text: string,
): Expression | undefined {
  if (isUpload(source, py)) return source;
  const name = text.slice(source.range.start, source.range.end);
  if (name.length > 60 || !/^["'\w./]+(?:\.name)?["']?$/.test(name)) return undefined;
  const before = text.slice(0, call.range.start);
  const start = Math.max(
    before.lastIndexOf('\ndef '),
    before.lastIndexOf('\nasync def '),
    before.lastIndexOf('    def '),
    0,
  );
  const file = name.endsWith('.name') ? name.slice(0, -'.name'.length) : undefined;
  const writes = py.callsIn({ start, end: call.range.start });
  for (const write of writes) {
    const { callee } = write;
    const [first, second] = write.arguments;
    if (/(?:^|\.)copyfileobj$/.test(write.name) && first !== undefined && second !== undefined) {
      if (isFile(second.value) && isUpload(first.value, py)) return first.value;
    }
    if (callee.kind !== 'attribute' || first === undefined) continue;
    if (callee.name === 'write' && isFile(callee.object) && isUpload(first.value, py)) return first.value;
    if (callee.name === 'write_bytes' && written(callee.object) === name && isUpload(first.value, py))
      return first.value;
    if (callee.name === 'save' && written(first.value) === name && isUpload(callee.object, py)) return callee.object;
  }
  return undefined;

  function written(value: Expression): string {
    return text.slice(value.range.start, value.range.end).replace(/^str\((.*)\)$/, '$1');
  }

  /** The open file of that name: `tmp` of `tmp.name`, or what `open(name)` gave. */
  function isFile(value: Expression): boolean {
    if (file !== undefined && written(value) === file) return true;
    const opened =
      value.kind === 'name' ? new RegExp(`open\\(\\s*([^,()]+),[^()\\n]*\\)\\s+as\\s+${value.name}\\b`) : undefined;
    return opened?.exec(before.slice(start))?.[1]?.trim() === name;
  }
}
