import { isTestFile } from '../../base/test-files.js';
import { argumentOf, type CallFact, defineRule, type Origin, python, type RuleContext } from '../../engine/index.js';
import { COMMIT_ID } from '../../knowledge/hub-references.js';
import { isForeign } from '../_by-origin.js';
import { shortCallee } from '../_callee.js';

/** What a call imports: a module by its name, a Python file, or everything in a folder from then on. */
const IMPORTS: Readonly<
  Record<string, { readonly kind: 'module' | 'file' | 'folder'; readonly argument?: string; readonly position: number }>
> = {
  'importlib.import_module': { kind: 'module', argument: 'name', position: 0 },
  __import__: { kind: 'module', argument: 'name', position: 0 },
  'builtins.__import__': { kind: 'module', argument: 'name', position: 0 },
  'runpy.run_module': { kind: 'module', argument: 'mod_name', position: 0 },
  'pydoc.locate': { kind: 'module', argument: 'path', position: 0 },
  'django.utils.module_loading.import_string': { kind: 'module', argument: 'dotted_path', position: 0 },
  'runpy.run_path': { kind: 'file', argument: 'path_name', position: 0 },
  'imp.load_source': { kind: 'file', argument: 'pathname', position: 1 },
  'importlib.util.spec_from_file_location': { kind: 'file', argument: 'location', position: 1 },
  'importlib.machinery.SourceFileLoader': { kind: 'file', argument: 'path', position: 1 },
  'sys.path.insert': { kind: 'folder', position: 1 },
  'sys.path.append': { kind: 'folder', position: 0 },
  'site.addsitedir': { kind: 'folder', argument: 'sitedir', position: 0 },
};

const messages = {
  module: '`{callee}` imports a module named by an outsider ({source}); choose from a fixed list',
  submodule: '`{callee}` lets an outsider choose a module of `{package}` ({source}); choose from a fixed list',
  file: '`{callee}` runs a Python file from outside ({source}); keep the code in the project',
  folder: '`{callee}` puts a folder from outside on the import path ({source}); its modules replace yours',
} as const;
type Context = RuleContext<typeof messages>;

export default defineRule({
  summary: 'A module is imported by a name, from a file or from a folder that somebody else chose.',
  stages: ['data-collection', 'training', 'evaluation', 'deployment'],
  severity: 'error',
  confidence: 'high',
  since: '0.1.0',
  references: [
    'CWE-470',
    'CWE-829',
    'OWASP-ML06:2023',
    'OWASP-LLM03:2025',
    'AML.T0010.001',
    'https://docs.python.org/3/library/importlib.html#importlib.import_module',
  ],
  docs: {
    why: 'A service takes the name of the preprocessing step from the request and imports it; `antigravity` opens a browser, a module left in an upload folder opens a shell. A snapshot of a model repository on `sys.path` is worse still: its `utils.py` is imported in place of the project’s own.',
    instead:
      'Map the names you accept to functions in a dictionary, vendor the code you need, and load models in formats that hold data only.',
    fixSafety: 'There is no automatic fix: which modules may be chosen is for the program to say.',
    limits:
      'Only what comes from a request, a download, a queue or a model is reported. What the operator chooses, parameters and plugin loops over the own package stay silent. A commit of the Hub that is pinned, or a package that is fixed, is a lower level.',
    ignoreWhen: 'The folder or file was compared with a digest before.',
  },
  messages,
  query: python.calls(...Object.keys(IMPORTS)),
  check(call: CallFact, context) {
    const { report, python: py, path, text } = context;
    const entry = IMPORTS[call.name];
    const argument = entry === undefined ? undefined : argumentOf(call, entry.argument, entry.position);
    if (entry === undefined || argument === undefined) return;
    const origin = py.origin(argument.value);
    if (!isForeign(origin)) return;
    const callee = shortCallee(call.name);
    const source = origin.description;
    const value = py.value(argument.value);
    const prefix = value.kind === 'partial' ? /^([\w.]+)\.[\w]*$/.exec(value.prefix)?.[1] : undefined;
    if (entry.kind === 'module' && prefix !== undefined) {
      const finding = report(argument.range, 'submodule', { callee, package: prefix.slice(0, 40), source });
      follow(finding.severity('warning'), origin);
      return;
    }
    const finding = report(argument.range, entry.kind, { callee, source });
    if (isPinned(origin, text)) finding.severity('warning');
    if (isTestFile(path)) finding.severity('info');
    follow(finding, origin);
  },
  examples: [
    {
      bad: 'import importlib\nfrom flask import request\nstep = importlib.import_module(«request.args["step"]»)\n',
      message: 'module',
      good: 'from flask import request\nimport steps\nSTEPS = {"scale": steps.scale}\nstep = STEPS[request.args["step"]]\n',
      byHand: true,
    },
    {
      bad: 'from importlib import import_module\nfrom flask import request\nstep = import_module(«f"scorer.steps.{request.args[\'step\']}"»)\n',
      message: 'submodule',
    },
    {
      bad: 'import importlib.util\nfrom huggingface_hub import hf_hub_download\npath = hf_hub_download("org/net", "model.py")\nspec = importlib.util.spec_from_file_location("model", «path»)\n',
      message: 'file',
    },
    {
      bad: 'import sys\nfrom huggingface_hub import snapshot_download\nsys.path.insert(0, «snapshot_download("org/net")»)\n',
      message: 'folder',
    },
    {
      good: 'import importlib\nimport sys\nmodel = importlib.import_module(sys.argv[1])\n',
      because: 'the operator can run code anyway',
    },
    {
      good: 'import importlib\nimport pkgutil\nimport scorer.steps\nfor step in pkgutil.iter_modules(scorer.steps.__path__):\n    importlib.import_module(f"scorer.steps.{step.name}")\n',
      because: 'a loop over the own package',
    },
    {
      good: 'import sys\nfrom pathlib import Path\nsys.path.insert(0, str(Path(__file__).parent))\n',
      because: 'a folder of the project',
    },
    {
      good: 'import importlib\n\ndef load(name):\n    return importlib.import_module(name)\n',
      because: 'nothing is known of the name',
    },
  ],
});

/** A snapshot whose commit is written where it is fetched cannot change later. */
function isPinned({ source, trail }: Origin, text: string): boolean {
  const fetched = trail[0]?.range;
  if (source !== 'hub' || fetched === undefined || 'path' in fetched) return false;
  const words = text.slice(fetched.start, fetched.end).match(/\b[0-9a-f]{40}\b/g) ?? [];
  return words.some((word) => COMMIT_ID.test(word));
}

function follow(report: ReturnType<Context['report']>, { trail }: Origin): void {
  for (const step of trail) report.related(step.range, step.message);
}
