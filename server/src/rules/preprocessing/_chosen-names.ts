import type { Expression, PythonQuestions, SourceKind } from '../../engine/index.js';

/** Names in an archive: whoever packed it chose them. */
const MEMBERS =
  /^(?:zipfile\.ZipFile|tarfile\.open|tarfile\.TarFile)\(\)\.(?:namelist|getnames|infolist|getmembers)\(\)\[\](?:\.(?:filename|name))?$/;
/** Parts of a request that are text. */
const REQUEST_TEXT =
  /\.(?:args|form|values|json|query_params|path_params|headers|cookies|GET|POST|view_args|match_info)(?:\[\]|\.get\(\)|\.getlist\(\)\[\])$|\.get_json\(\)(?:\[\]|\.get\(\))$/;
const TEXT_NAME = /(?:^|_)(?:file_?name|name|path)$/i;
const JOINS = ['os.path.join', 'pathlib.Path', 'pathlib.PurePath', 'pathlib.PosixPath', 'str', 'os.fspath'];
const MAX_DEPTH = 6;
/** Sources whose text is somebody's choice of a name. */
export const CHOOSERS: readonly SourceKind[] = ['request', 'model-output'];

/** What a path is put together from; a call that is no join may have made it safe and ends the search. */
export function partsOf(expression: Expression, py: PythonQuestions, depth = 0): readonly Expression[] {
  if (depth > MAX_DEPTH) return [];
  const written = py.definition(expression);
  const inner = (parts: readonly Expression[]): Expression[] => parts.flatMap((part) => partsOf(part, py, depth + 1));
  switch (written.kind) {
    case 'formatted':
      return inner(written.parts.filter((part) => typeof part !== 'string'));
    case 'operation':
      return written.operator === '/' || written.operator === '+' ? inner(written.operands) : [];
    case 'call':
      if (py.names(written.callee).some((name) => JOINS.includes(name)))
        return inner(written.arguments.map(({ value }) => value));
      return [expression];
    case 'name':
    case 'attribute':
    case 'subscript':
      return [expression];
  }
  return [];
}

/** Who chose a name, where that is known and the value is text. */
export function chosenBy(part: Expression, py: PythonQuestions): 'request' | 'member' | undefined {
  const names = py.names(part);
  if (names.some((name) => MEMBERS.test(name))) return 'member';
  // Following a value costs far more than looking at it.
  if (!mayBeName(part, names, py)) return undefined;
  const origin = py.origin(part, CHOOSERS);
  if (origin.tier !== 'T1' || origin.source === undefined || !CHOOSERS.includes(origin.source)) return undefined;
  return origin.cleanedFor?.includes('path') === true ? undefined : 'request';
}

/** True for what is text if a request brings it. */
function mayBeName(part: Expression, names: readonly string[], py: PythonQuestions): boolean {
  if (names.some((name) => REQUEST_TEXT.test(name))) return true;
  if (isCarried(part, py)) return false;
  const written = py.definition(part);
  switch (written.kind) {
    case 'call':
      return false;
    case 'attribute':
      return TEXT_NAME.test(written.name) && !isLastPart(written, py);
    case 'name':
      return names.length === 0 ? TEXT_NAME.test(written.name) : names.includes('str()');
  }
  return names.includes('str()');
}

/** `self.path`, `request.app.state.path`: what the program keeps, reached through an argument of a request. */
function isCarried(part: Expression, py: PythonQuestions): boolean {
  let root = part;
  while (root.kind === 'attribute' || root.kind === 'subscript') {
    if (root.kind === 'attribute' && (root.name === 'app' || root.name === 'state')) return true;
    root = py.definition(root.object);
  }
  // What a call answers, such as a row of a database, is not what the request says.
  if (root.kind === 'call') return root !== part;
  return root.kind === 'name' && (root.name === 'self' || root.name === 'cls');
}

/** `Path(x).name`. */
function isLastPart(expression: Expression & { kind: 'attribute' }, py: PythonQuestions): boolean {
  return py.names(expression.object).some((name) => name.startsWith('pathlib.'));
}
