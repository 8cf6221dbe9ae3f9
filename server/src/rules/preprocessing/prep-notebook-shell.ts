import {
  argumentOf,
  type CallFact,
  type CommandFact,
  commands,
  defineRule,
  type Expression,
  python,
  type RuleContext,
} from '../../engine/index.js';
import { isForeign, leastTrusted } from '../_by-origin.js';
import { type Hole, isGuarded, isHarmless, templateOf } from '../_text-template.js';

const FETCHERS = ['curl', 'wget'];
const SHELLS = ['sh', 'bash', 'zsh', 'dash'];
/** Programs that notebooks start with values of their variables. */
const PROGRAMS =
  'cat cp mv rm ls mkdir tar unzip gzip gunzip 7z unrar git python python3 ffmpeg sox convert echo head tail wc find grep sed awk touch ln rsync scp gsutil gcloud aws az kaggle docker dvc mlflow hf huggingface-cli torchrun accelerate make jupyter pip'.split(
    ' ',
  );
const IPYTHON = ['get_ipython()', 'IPython.get_ipython()', 'IPython.core.getipython.get_ipython()'];
const METHODS: Readonly<Record<string, number>> = {
  system: 0,
  system_piped: 0,
  system_raw: 0,
  getoutput: 0,
  run_cell_magic: 2,
};
const PIPED =
  /^\s*\|\s*(?:sudo\s+(?:-\S+\s+)*)?(?:env\s+(?:\w+=\S+\s+)*)?(?:\/(?:usr\/)?bin\/)?(?:(sh|bash|zsh|dash)\b(?!\s+[^-\s|&;]\S*\.\w)|(python3?|perl)\b\s*(?:-\s*)?(?:$|[\n"'|&;]))/;

/** What answers with the name of a file of this machine: others wrote what is in it, not what it is called. */
const FETCHED_FILE = /^(?:downloaded file|file from )/;

const messages = {
  piped: '`{program}` pipes a script straight into `{shell}`; download it, compare its checksum, then run it',
  foreign: '`{name}` came from outside and is put into a shell line, where it can run any command; pass a list',
  pasted: '`{callee}` gives a shell text that came from outside, which runs any command; pass a list',
} as const;
type Context = RuleContext<typeof messages>;

export default defineRule({
  summary: 'A shell line of a notebook runs text that came from outside.',
  stages: ['data-collection', 'preprocessing', 'training'],
  severity: 'error',
  confidence: 'medium',
  since: '0.1.0',
  references: [
    'CWE-78',
    'CWE-494',
    'OWASP-ML06:2023',
    'AML.T0050',
    'https://ipython.readthedocs.io/en/stable/interactive/python-ipython-diff.html#shell-assignment',
    'https://ipython.readthedocs.io/en/stable/interactive/reference.html#system-shell-access',
  ],
  docs: {
    why: 'The first cell of a shared notebook reads `!curl … | bash`. When the server behind that address is taken over, or answers with half a script, everybody who presses "Run all" runs it, with the data set mounted and the cloud account logged in.',
    instead:
      'Fetch the script, compare its SHA-256 with one that was recorded, then run it. Give values to programs through `subprocess.run([...])`, which knows no second command.',
    fixSafety: 'No fix is offered: the checksum of a script that was read is not known here.',
    limits:
      'Piping over HTTPS is a warning, over HTTP an error. Values in `{…}` and `$name` are followed to where they come from and reported only when somebody else wrote them, for a list of usual programs. Braces with more than a name are not read, and what a fetched file is called is the choice of the notebook.',
    ignoreWhen: 'The notebook runs in a throwaway machine without data and credentials.',
  },
  messages,
  query: [
    commands.named(...FETCHERS, ...SHELLS, ...PROGRAMS),
    python.calls(...IPYTHON.flatMap((shell) => Object.keys(METHODS).map((method) => `${shell}.${method}`))),
  ],
  check(fact: CommandFact | CallFact, context) {
    if (fact.kind === 'call') checkCall(fact, context);
    else if (fact.origin === 'notebook' || fact.origin === 'python') checkCommand(fact, context);
  },
  examples: [
    {
      path: 'setup.ipynb',
      bad: '{"cells":[{"cell_type":"code","source":["!«curl -fsSL https://get.example.org/install.sh» | sh"],"outputs":[]}],"metadata":{},"nbformat":4,"nbformat_minor":5}',
      message: 'piped',
      good: '{"cells":[{"cell_type":"code","source":["!curl -fsSLO https://get.example.org/install.sh\\n","!echo \\"$SHA256  install.sh\\" | sha256sum -c && sh install.sh"],"outputs":[]}],"metadata":{},"nbformat":4,"nbformat_minor":5}',
      byHand: true,
    },
    {
      path: 'fetch.ipynb',
      bad: '{"cells":[{"cell_type":"code","source":["import requests\\n","name = requests.get(index, timeout=30).json()[\\"file\\"]\\n","!tar xf «{name}»"],"outputs":[]}],"metadata":{},"nbformat":4,"nbformat_minor":5}',
      message: 'foreign',
      good: '{"cells":[{"cell_type":"code","source":["import subprocess\\n","import requests\\n","name = requests.get(index, timeout=30).json()[\\"file\\"]\\n","subprocess.run([\\"tar\\", \\"xf\\", name], check=True)"],"outputs":[]}],"metadata":{},"nbformat":4,"nbformat_minor":5}',
      byHand: true,
    },
    {
      bad: 'import requests\nfrom IPython import get_ipython\nname = requests.get(index, timeout=30).json()["file"]\nget_ipython().system(f"tar xf {«name»}")\n',
      message: 'pasted',
      good: 'import subprocess\nimport requests\nname = requests.get(index, timeout=30).json()["file"]\nsubprocess.run(["tar", "xf", name], check=True)\n',
      byHand: true,
    },
    {
      path: 'setup.ipynb',
      good: '{"cells":[{"cell_type":"code","source":["!curl -s https://api.example.org/models | python -m json.tool"],"outputs":[]}],"metadata":{},"nbformat":4,"nbformat_minor":5}',
      because: 'the answer is printed, not run',
    },
    {
      path: 'setup.ipynb',
      good: '{"cells":[{"cell_type":"code","source":["!curl -L https://example.org/rows.tar.gz | tar xz"],"outputs":[]}],"metadata":{},"nbformat":4,"nbformat_minor":5}',
      because: 'data, not a script',
    },
    {
      path: 'setup.ipynb',
      good: '{"cells":[{"cell_type":"code","source":["path = \\"data/rows.tar\\"\\n","!tar xf {path}"],"outputs":[]}],"metadata":{},"nbformat":4,"nbformat_minor":5}',
      because: 'a value of the notebook itself',
    },
  ],
});

function checkCommand(fact: CommandFact, context: Context): void {
  const { report } = context;
  const { words, range } = fact.command;
  const program = words.map(({ text }) => text.slice(text.lastIndexOf('/') + 1)).find((word) => /^\w/.test(word)) ?? '';
  const piped = words.some(({ text }) => FETCHERS.includes(text))
    ? PIPED.exec(rawText(context).slice(range.end, range.end + 120))
    : null;
  const inner = SHELLS.includes(program)
    ? words.find(({ text }) => /(?:\$\(|<\(|`)\s*(?:curl|wget)\b/.test(text))
    : undefined;
  if (piped !== null || inner !== undefined) {
    const isPlain = words.some(({ text }) => /\bhttp:\/\/(?!localhost|127\.)/.test(text));
    const shell = piped?.[1] ?? piped?.[2] ?? program;
    const fetcher = words.find(({ text }) => FETCHERS.includes(text))?.text ?? 'curl';
    report(range, 'piped', { program: fetcher, shell }).severity(isPlain ? 'error' : 'warning');
    return;
  }
  if (fact.origin !== 'notebook') return;
  for (const word of words) checkWord(word, context);
}

function checkWord(word: CommandFact['command']['words'][number], { report, python: py }: Context): void {
  for (const match of word.text.matchAll(/(?<!\{)\{([A-Za-z_]\w*)\}|(?<!\$)\$([A-Za-z_]\w*)/g)) {
    const name = match[1] ?? match[2]!;
    const variable: Expression = { kind: 'name', name, scope: 0, range: word.range };
    const origin = py.origin(variable);
    if (
      !isForeign(origin) ||
      FETCHED_FILE.test(origin.description) ||
      origin.cleanedFor?.includes('shell') === true ||
      isHarmless(variable, py)
    )
      continue;
    const finding = report(word.range, 'foreign', { name: name.slice(0, 30) });
    for (const step of origin.trail) finding.related(step.range, step.message);
    return;
  }
}

function checkCall(call: CallFact, { report, python: py, text }: Context): void {
  const method = call.name.slice(call.name.lastIndexOf('.') + 1);
  const position = METHODS[method];
  const command = position === undefined ? undefined : argumentOf(call, undefined, position);
  if (command === undefined) return;
  const open = templateOf(command.value, py, text).filter(
    (part): part is Hole => typeof part !== 'string' && !part.numeric && !isHarmless(part.expression, py),
  );
  const unguarded = open.filter((hole) => !isGuarded(hole, call, text)).map((hole) => hole.expression);
  const origin = leastTrusted(unguarded, py);
  const source = unguarded.find((expression) => isForeign(py.origin(expression)));
  if (origin === undefined || source === undefined || origin.cleanedFor?.includes('shell') === true) return;
  const finding = report(source.range, 'pasted', { callee: method });
  for (const step of origin.trail) finding.related(step.range, step.message);
}

/** The text of a notebook with its shell lines, which the analysis text leaves blank. */
function rawText({ cells, text }: Context): string {
  if (cells === undefined) return text;
  const joined = cells.flatMap((cell) => (cell.kind === 'code' ? [cell.source] : [])).join('\n');
  return joined.length === text.length ? joined : text;
}
