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
  const origin = py.origin(part, CHOOSERS);
  if (origin.tier !== 'T1' || origin.source === undefined || !CHOOSERS.includes(origin.source)) return undefined;
  if (origin.cleanedFor?.includes('path') === true) return undefined;
  if (!names.some((name) => REQUEST_TEXT.test(name)) && isCarried(part, py)) return undefined;
  const written = py.definition(part);
  if (written.kind === 'call') return names.some((name) => REQUEST_TEXT.test(name)) ? 'request' : undefined;
  if (written.kind === 'attribute')
    return TEXT_NAME.test(written.name) && !isLastPart(written, py) ? 'request' : undefined;
  if (names.some((name) => REQUEST_TEXT.test(name) || name === 'str()')) return 'request';
  if (written.kind === 'name' && names.length === 0) return TEXT_NAME.test(written.name) ? 'request' : undefined;
  return undefined;
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
