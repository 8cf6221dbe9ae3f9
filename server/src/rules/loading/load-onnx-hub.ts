import {
  type Argument,
  argumentOf,
  type CallFact,
  defineRule,
  edit,
  passesUnknown,
  python,
} from '../../engine/index.js';
import { isBelow } from '../../engine/versions.js';

/** Where the repository and `silent` are passed; the names of the parameters and their order are those of onnx 1.11–1.20. */
interface EntryPoint {
  readonly repositories: readonly (readonly [name: string, position: number])[];
  readonly silentAt: number;
}
const ONE: EntryPoint = { repositories: [['repo', 1]], silentAt: 4 };
const ENTRY_POINTS: Readonly<Record<string, EntryPoint>> = {
  'onnx.hub.load': ONE,
  'onnx.hub.download_model_with_test_data': ONE,
  'onnx.hub.load_composite_model': {
    repositories: [
      ['network_repo', 2],
      ['preprocessing_repo', 3],
    ],
    silentAt: 6,
  },
};
/** The one source that onnx itself does not ask about: `onnx/models` at `main`, which is the default branch too. */
const OFFICIAL = /^onnx\/models(:main)?$/;

export default defineRule({
  summary: 'A model from another repository than the official one is taken through the ONNX Hub.',
  stages: ['training', 'evaluation', 'deployment'],
  severity: 'error',
  confidence: 'high',
  since: '0.1.0',
  references: [
    'CWE-494',
    'CWE-345',
    'OWASP-ML06:2023',
    'AML.T0010.003',
    'CVE-2026-28500',
    'https://onnx.ai/onnx/api/hub.html',
  ],
  docs: {
    why: "The ONNX Hub asks before it downloads from any repository but `onnx/models`. The digest it compares stands in the same repository, so it proves nothing: with the question switched off, whoever owns a fork's branch decides what the service scores with.",
    instead:
      'Keep the default repository, or download the file at a commit you reviewed, compare its SHA-256 with one written in the code and pass it to `onnx.load`.',
    fixSafety:
      'With the official repository nothing is asked, so removing `silent` changes nothing. Elsewhere a question on the terminal stops jobs that nobody watches, so the fix is offered for review.',
    limits:
      'A repository that is computed lowers the level. The hub was removed in onnx 1.21, where the rule is silent.',
  },
  messages: {
    silenced: '`silent=True` takes a model from a repository that is not the official one without asking',
    otherRepository: '`{callee}` takes a model and its digest from `{repo}`; compare a digest of your own instead',
    needless: '`silent=True` does nothing for the official models, and hides the question once `repo` changes',
  },
  query: python.calls(...Object.keys(ENTRY_POINTS)),
  check(call: CallFact, { report, python: py, text, version }) {
    const onnx = version('onnx');
    if (onnx !== undefined && isBelow(onnx, '1.21') === false) return;
    const entry = ENTRY_POINTS[call.name]!;
    const repositories = entry.repositories.flatMap(([name, position]) => argumentOf(call, name, position) ?? []);
    const values = repositories.map((repository) => py.value(repository.value));
    const other = values.flatMap((value) =>
      value.kind === 'string' && !OFFICIAL.test(value.value) ? [value.value.slice(0, 40)] : [],
    );
    const unknown = passesUnknown(call) || values.some((value) => value.kind !== 'string');
    const silent = argumentOf(call, 'silent', entry.silentAt);
    const flag = silent === undefined ? undefined : py.value(silent.value);
    if (silent !== undefined && flag?.kind === 'boolean' && flag.value) {
      const official = other.length === 0 && !unknown;
      const finding = report(silent.range, official ? 'needless' : 'silenced');
      if (other.length === 0) finding.severity(official ? 'info' : 'warning');
      const title = silent.name === undefined ? 'Pass `False`' : 'Remove `silent=True`';
      if (official) finding.fix(title, 'safe', without(silent, call, text));
      else finding.fix(title, 'review', without(silent, call, text), 'the first download waits for an answer');
      return;
    }
    const [repo] = other;
    const at = repositories.find((_, index) => values[index]!.kind === 'string' && !isOfficial(values[index]!));
    if (repo === undefined || at === undefined) return;
    const callee = call.name.split('.').slice(1).join('.');
    report(at.range, 'otherRepository', { callee, repo }).severity('warning');
  },
  examples: [
    {
      bad: 'from onnx import hub\nnet = hub.load("resnet50", repo="lab/models:main", «silent=True»)\n',
      message: 'silenced',
      good: 'from onnx import hub\nnet = hub.load("resnet50")\n',
      byHand: true,
    },
    {
      bad: 'import onnx.hub\ndef fetch(name, repo):\n    return onnx.hub.load(name, repo, «silent=True»)\n',
      message: 'silenced',
      good: 'import onnx.hub\ndef fetch(name, repo):\n    return onnx.hub.load(name, repo)\n',
    },
    {
      bad: 'import onnx.hub as models\nnet = models.load("resnet50", «silent=True»)\n',
      message: 'needless',
      good: 'import onnx.hub as models\nnet = models.load("resnet50")\n',
    },
    {
      bad: 'from onnx import hub\nnet = hub.load("resnet50", «repo="lab/models:v2"»)\n',
      message: 'otherRepository',
      good: 'from onnx import hub\nnet = hub.load("resnet50")\n',
      byHand: true,
    },
    {
      good: 'from onnx import hub\nnet = hub.load("resnet50", repo="onnx/models:main")\n',
      because: 'the official models',
    },
    { good: 'from onnx import hub\nnet = hub.load("resnet50", silent=False)\n', because: 'the question is asked' },
    { good: 'from onnx import hub\nnet = hub.load(name, repo)\n', because: 'the repository is not known' },
    {
      good: 'from onnx import hub\nnet = hub.load("resnet50", repo="lab/models", silent=True)\n',
      given: { onnx: '1.21.0' },
      because: 'the hub was removed in 1.21: the call cannot run',
    },
    { good: 'net = hub.load("resnet50", silent=True)\n', because: 'nothing says which library this is' },
  ],
});

function isOfficial(value: { readonly kind: string; readonly value?: unknown }): boolean {
  return typeof value.value === 'string' && OFFICIAL.test(value.value);
}

function without(silent: Argument, call: CallFact, text: string): ReturnType<typeof edit.replace> {
  return silent.name === undefined
    ? edit.replace(silent.value.range, 'False')
    : edit.removeArgument(text, call.expression, silent);
}
