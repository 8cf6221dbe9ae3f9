import type { TextEdit } from '../../base/range.js';
import {
  type Argument,
  argumentOf,
  type CallFact,
  defineRule,
  type Expression,
  edit,
  type PythonQuestions,
  python,
  type RuleContext,
} from '../../engine/index.js';
import { type EnvironmentFact, environment, variablesOf } from '../_environment.js';

const MOUNTS = ['gradio.mount_gradio_app', 'gradio.routes.mount_gradio_app'];
const EVERYTHING = /^(?:[\\/]+|[A-Za-z]:[\\/]*)$/;
const HOME =
  /^(?:~[\\/]?|\/(?:home|Users)(?:\/[\w.-]+)?\/?|\/(?:root|etc|var|proc)\/?|[A-Za-z]:[\\/]+Users(?:[\\/]+\w+)?[\\/]*)$/;
const HERE = /^\.+(?:[\\/]\.+)*[\\/]?$/;
/** Calls that give a broad folder whatever they are passed. */
const FOLDERS: Readonly<Record<string, Broad>> = {
  'pathlib.Path.home()': 'home',
  'pathlib.Path.cwd()': 'here',
  'os.getcwd()': 'here',
};
/** Calls that pass a folder on. */
const PASSED = ['str()', 'os.path.expanduser()', 'os.path.abspath()', 'os.path.realpath()', 'pathlib.Path()'];

type Broad = 'everything' | 'home' | 'here';

const messages = {
  files: '`{path}` in `allowed_paths` lets every visitor download what lies below it; name the folder of results',
  cors: '`strict_cors=False` lets sandboxed pages of any site call the app on this machine; leave it on',
} as const;

export default defineRule({
  summary: 'A Gradio app serves the files of the machine.',
  stages: ['deployment', 'evaluation'],
  severity: 'error',
  confidence: 'high',
  since: '0.1.0',
  references: [
    'CWE-22',
    'CWE-942',
    'OWASP-LLM02:2025',
    'AML.T0049',
    'https://www.gradio.app/guides/file-access',
    'https://www.gradio.app/docs/gradio/blocks',
  ],
  docs: {
    why: 'What `allowed_paths` names is served to everybody who can open the app: with `/` a visitor of a shared demo downloads the SSH keys, the cloud credentials, the training data and the weights of the machine by asking for their paths.',
    instead:
      'Name one folder that holds nothing but results, or return files from the function: Gradio serves those anyway.',
    fixSafety:
      'Files that the app shows from there are no longer found, and a page that embeds the local app is turned away, so the fixes are offered for review.',
    limits:
      'The working directory is a warning, as it may hold nothing but the app. Folders that are computed are not known. `ssl_verify=False` is no finding: it concerns a check that the app makes of itself.',
    ignoreWhen: 'The container holds nothing but what the app publishes.',
  },
  messages,
  words: ['allowed_paths', 'strict_cors'],
  query: [python.calls('gradio.**.launch', ...MOUNTS), ...environment],
  check(fact: CallFact | EnvironmentFact, context) {
    const { report, python: py, text } = context;
    if ('keyword' in fact || fact.kind !== 'call' || !/\.(?:launch|mount_gradio_app)$/.test(fact.name)) {
      for (const { name, value, place } of variablesOf(fact, py, text)) {
        const broad =
          name === 'GRADIO_ALLOWED_PATHS' ? value.split(',').find((path) => kindOf(path.trim())) : undefined;
        if (broad !== undefined) level(report(place, 'files', { path: broad.trim() }), kindOf(broad.trim()));
      }
      return;
    }
    const cors = argumentOf(fact, 'strict_cors');
    const strict = cors && py.value(cors.value);
    if (cors !== undefined && strict?.kind === 'boolean' && !strict.value)
      report(cors.range, 'cors')
        .severity('warning')
        .fix(
          'Remove `strict_cors=False`',
          'review',
          edit.removeArgument(text, fact.expression, cors),
          'pages that embed the local app are turned away',
        );
    const paths = argumentOf(fact, 'allowed_paths');
    if (paths !== undefined) inList(fact, paths, context);
  },
  examples: [
    {
      bad: 'import gradio as gr\ndemo = gr.Interface(predict, "text", "file")\ndemo.launch(allowed_paths=[«"/"»])\n',
      message: 'files',
      good: 'import gradio as gr\ndemo = gr.Interface(predict, "text", "file")\ndemo.launch()\n',
    },
    {
      bad: 'import os\nfrom gradio import Blocks\nwith Blocks() as demo:\n    page()\ndemo.launch(allowed_paths=["results", «os.path.expanduser("~")»])\n',
      message: 'files',
      good: 'import os\nfrom gradio import Blocks\nwith Blocks() as demo:\n    page()\ndemo.launch(allowed_paths=["results"])\n',
    },
    {
      bad: 'import gradio as gr\ndemo = gr.Blocks()\ndemo.launch(share=False, «strict_cors=False»)\n',
      message: 'cors',
      good: 'import gradio as gr\ndemo = gr.Blocks()\ndemo.launch(share=False)\n',
    },
    {
      path: 'Dockerfile',
      bad: 'FROM python:3.12-slim\nENV GRADIO_ALLOWED_PATHS=«/»\n',
      message: 'files',
      good: 'FROM python:3.12-slim\nENV GRADIO_ALLOWED_PATHS=/srv/results\n',
      byHand: true,
    },
    {
      good: 'import gradio as gr\ndemo = gr.Blocks()\ndemo.launch(allowed_paths=["/srv/results"])\n',
      because: 'one folder of results',
    },
    {
      good: 'import gradio as gr\ndemo = gr.Blocks()\ndemo.launch(allowed_paths=[folder])\n',
      because: 'the folder is not known',
    },
    { good: 'import gradio as gr\ndemo = gr.Blocks()\ndemo.launch(strict_cors=True)\n', because: 'the check is on' },
    { good: 'app.launch(allowed_paths=["/"], strict_cors=False)\n', because: 'not known to be Gradio' },
  ],
});

function kindOf(path: string): Broad | undefined {
  if (EVERYTHING.test(path)) return 'everything';
  return HOME.test(path) ? 'home' : HERE.test(path) ? 'here' : undefined;
}

/** The working directory may hold nothing but the app. */
function level<R extends { severity(severity: 'warning'): R }>(finding: R, broad: Broad | undefined): R {
  return broad === 'here' ? finding.severity('warning') : finding;
}

function broadOf(expression: Expression, py: PythonQuestions, depth = 0): Broad | undefined {
  const value = py.value(expression);
  if (value.kind === 'string') return kindOf(value.value);
  const names = py.names(expression);
  const folder = names.map((name) => FOLDERS[name]).find((found) => found !== undefined);
  if (folder !== undefined) return folder;
  const call = py.definition(expression);
  if (call.kind !== 'call' || depth > 3 || call.arguments.length !== 1) return undefined;
  const callee = py.names(call.callee).map((name) => `${name}()`);
  return callee.some((name) => PASSED.includes(name)) ? broadOf(call.arguments[0]!.value, py, depth + 1) : undefined;
}

function inList(call: CallFact, paths: Argument, { report, python: py, text }: RuleContext<typeof messages>): void {
  const list = py.definition(paths.value);
  if (list.kind !== 'list' && list.kind !== 'tuple') return;
  for (const item of list.items) {
    const broad = broadOf(item, py);
    if (broad === undefined) continue;
    const path = text
      .slice(item.range.start, item.range.end)
      .replace(/^(["'])(.*)\1$/s, '$2')
      .slice(0, 30);
    const finding = level(report(item.range, 'files', { path }), broad);
    if (list !== paths.value) finding.related(paths.range, 'the folders are passed here');
    const edits =
      list.items.length > 1 ? withoutItem(list.items, item) : edit.removeArgument(text, call.expression, paths);
    if (list.items.length > 1 || list === paths.value)
      finding.fix(`Do not serve \`${path}\``, 'review', edits, 'the app no longer finds files it shows from there');
  }
}

function withoutItem(all: readonly Expression[], item: Expression): TextEdit[] {
  const index = all.indexOf(item);
  const [before, after] = [all[index - 1], all[index + 1]];
  if (before !== undefined) return edit.replace({ start: before.range.end, end: item.range.end }, '');
  return after === undefined ? [] : edit.replace({ start: item.range.start, end: after.range.start }, '');
}
