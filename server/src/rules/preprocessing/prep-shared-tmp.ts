import type { TextEdit } from '../../base/range.js';
import { isTestFile } from '../../base/test-files.js';
import { type CallFact, defineRule, type Expression, edit, python } from '../../engine/index.js';
import { TEMPORARY_FOLDER } from '../../knowledge/shared-folders.js';
import { FILE_WRITERS, targetOf } from './_written-files.js';

/** Where a function has no other folder that it may write to, and nobody to share it with. */
const SERVERLESS = /^[ \t]*def \w+\(event\b[^)\n]*,\s*context\b/m;

export default defineRule({
  summary: 'A file with a fixed name is written to a folder that all users of the machine share.',
  stages: ['preprocessing', 'feature-engineering', 'training'],
  severity: 'info',
  confidence: 'medium',
  since: '0.1.0',
  references: [
    'CWE-377',
    'CWE-379',
    'OWASP-ML10:2023',
    'https://docs.python.org/3/library/tempfile.html#tempfile.mkdtemp',
  ],
  overlaps: ['bandit:B108', 'ruff:S108'],
  docs: {
    why: 'A job writes its features to `/tmp/features.parquet`. Another user of the training server creates that file first and keeps it open: the job fills a file of theirs, and the model is trained on what they put there.',
    instead: 'Make a folder of your own with `tempfile.mkdtemp()` or `TemporaryDirectory`, or write below the project.',
    fixSafety:
      'The file stands elsewhere and only its owner may read it, which another program may not expect, so the fix is offered for review.',
    limits:
      'Only whole paths that are known count, and only writing. Exclusive creation, names that end in a unique part, tests, notebooks and functions for AWS Lambda are silent. Frames that arrive as parameters are not seen.',
    ignoreWhen: 'The program runs in a container or on a machine that it has for itself.',
  },
  messages: {
    written:
      '`{callee}` writes to `{path}`, a name another user of the machine can take first; use `tempfile.mkdtemp()`',
  },
  words: ['/tmp', '/dev/shm'],
  query: python.calls(...FILE_WRITERS),
  check(call: CallFact, { report, python: py, text, path }) {
    if (path.endsWith('.ipynb') || isTestFile(path) || SERVERLESS.test(text)) return;
    const target = targetOf(call, py);
    const value = target === undefined ? undefined : py.value(target);
    if (target === undefined || value?.kind !== 'string' || !TEMPORARY_FOLDER.test(value.value)) return;
    if (/\/$|^\/dev\/shm$/.test(value.value)) return;
    const callee = call.name.replaceAll('()', '').split('.').slice(-2).join('.');
    const shown = value.value.length > 40 ? `${value.value.slice(0, 39)}…` : value.value;
    const finding = report(target.range, 'written', { callee: callee.slice(0, 30), path: shown });
    const literal = py.definition(target);
    if (literal !== target) finding.related(literal.range, 'the path is written here');
    const edits = ownFolder(target, value.value, text);
    finding.fix('Write to a new folder', 'review', edits, 'nobody else finds or reads the file there');
  },
  examples: [
    {
      bad: 'import pandas as pd\n\ndf = pd.read_csv("loans.csv")\ndf.to_parquet(«"/tmp/features.parquet"»)\n',
      message: 'written',
      good: 'import os\nimport tempfile\nimport pandas as pd\n\ndf = pd.read_csv("loans.csv")\ndf.to_parquet(os.path.join(tempfile.mkdtemp(), "features.parquet"))\n',
    },
    {
      bad: 'import torch as t\nCHECKPOINT = "/dev/shm/net.pt"\nt.save(state, «CHECKPOINT»)\n',
      message: 'written',
      good: 'import torch as t\nCHECKPOINT = "runs/net.pt"\nt.save(state, CHECKPOINT)\n',
      byHand: true,
    },
    {
      bad: 'with open(«"/var/tmp/rows.json"», "w") as f:\n    f.write(rows)\n',
      message: 'written',
      good: 'import os\nimport tempfile\nwith open(os.path.join(tempfile.mkdtemp(), "rows.json"), "w") as f:\n    f.write(rows)\n',
    },
    { good: 'with open("/tmp/rows.json") as f:\n    rows = f.read()\n', because: 'the file is only read' },
    { good: 'with open("/tmp/rows.lock", "x") as f:\n    f.write("1")\n', because: 'fails if the file exists' },
    {
      good: 'import os\nimport tempfile\nwith open(os.path.join(tempfile.mkdtemp(), "rows.json"), "w") as f:\n    f.write(rows)\n',
      because: 'a folder of its own',
    },
    { good: 'import torch\ntorch.save(state, f"/tmp/{run_id}.pt")\n', because: 'others cannot know the name' },
    {
      good: 'def handler(event, context):\n    with open("/tmp/rows.json", "w") as f:\n        f.write(event["rows"])\n',
      because: 'a function of AWS Lambda has no other folder and no other user',
    },
  ],
});

/** Edits that put the file into a folder of its own; none when other lines name the same path. */
function ownFolder(target: Expression, path: string, text: string): TextEdit[] {
  const written = text.slice(target.range.start, target.range.end);
  if (target.kind !== 'string' || written.length !== path.length + 2 || text.split(path).length !== 2) return [];
  const name = written[0] + path.slice(path.lastIndexOf('/') + 1) + written[0];
  // The import that is added last comes to stand first.
  return [
    ...edit.addImport(text, 'import os'),
    ...edit.addImport(text, 'import tempfile'),
    ...edit.replace(target.range, `os.path.join(tempfile.mkdtemp(), ${name})`),
  ];
}
