import {
  argumentOf,
  type CallFact,
  defineRule,
  type Expression,
  edit,
  type PythonQuestions,
  python,
} from '../../engine/index.js';
import { isBelow } from '../../engine/versions.js';

const LISTERS = ['skops.io.get_untrusted_types()', 'skops.io._persist.get_untrusted_types()'];

export default defineRule({
  summary: 'A skops file is loaded with every type it names trusted.',
  stages: ['evaluation', 'deployment'],
  severity: 'error',
  confidence: 'high',
  profile: 'essential',
  since: '0.1.0',
  references: [
    'CWE-502',
    'OWASP-ML06:2023',
    'AML.T0011.000',
    'CVE-2024-37065',
    'CVE-2025-54412',
    'https://skops.readthedocs.io/en/stable/persistence.html',
  ],
  docs: {
    why: 'The point of skops is the list of types a file may build. A file that says itself which types are fine, or that is trusted as a whole, is a pickle again: a swapped model names `operator.methodcaller` and runs code in the scoring service.',
    instead:
      'Look at `get_untrusted_types` once, by hand, and write the types that are yours into the code: `trusted=["my_package.Scaler"]`.',
    fixSafety:
      'Types outside of those that skops knows are refused until they are listed, so the fix is offered for review.',
    limits:
      'A list that something is asked about between the two calls counts as reviewed; printing it does not. From skops 0.10 on `True` raises an error, which is silent here. Lists could be bypassed before skops 0.12.',
    ignoreWhen: 'The list is compared with a reviewed one in another module.',
  },
  messages: {
    everything: '`trusted=True` lets the file build any type, so it can run code; list the types you reviewed',
    ownList: 'The file itself says which types are `trusted`, so it can run code; list the types you reviewed',
    bypass: '`skops` {version} lets a file from outside get round the list of trusted types; run 0.12 or newer',
  },
  query: python.calls('skops.io.load', 'skops.io.loads', 'skops.io._persist.load', 'skops.io._persist.loads'),
  check(call: CallFact, { report, python: py, text, version }) {
    const skops = version('skops');
    const trusted = argumentOf(call, 'trusted', 1);
    const source = argumentOf(call, call.name.endsWith('loads') ? 'data' : 'file', 0);
    const value = trusted === undefined ? undefined : py.value(trusted.value);
    const all = value?.kind === 'boolean' && value.value && (skops === undefined || isBelow(skops, '0.10') !== false);
    const own = trusted !== undefined && takesOwnList(trusted.value, call, py, text);
    if (trusted !== undefined && (all || own)) {
      const finding = report(trusted.range, all ? 'everything' : 'ownList');
      const list = py.definition(trusted.value);
      if (own && list !== trusted.value) finding.related(list.range, 'the file is asked for its types here');
      finding.fix(
        'Trust no type yet',
        'review',
        edit.replace(trusted.value.range, '[]'),
        'types of your own are refused until they are listed',
      );
      return;
    }
    if (source === undefined || skops === undefined || isBelow(skops, '0.12') !== true) return;
    const origin = py.origin(source.value);
    if (origin.tier !== 'T1' || origin.operator) return;
    const finding = report(call.calleeRange, 'bypass', { version: skops.exact ?? skops.specifier });
    finding.severity('warning').related(skops.place, 'skops is pinned here');
    for (const step of origin.trail) finding.related(step.range, step.message);
  },
  examples: [
    {
      bad: 'import skops.io as sio\nmodel = sio.load("model.skops", «trusted=True»)\n',
      message: 'everything',
      good: 'import skops.io as sio\nmodel = sio.load("model.skops", trusted=[])\n',
    },
    {
      bad: 'from skops.io import get_untrusted_types, load as read\nunknown = get_untrusted_types(file=path)\nmodel = read(path, «trusted=unknown»)\n',
      message: 'ownList',
      good: 'from skops.io import get_untrusted_types, load as read\nunknown = get_untrusted_types(file=path)\nmodel = read(path, trusted=[])\n',
    },
    {
      bad: 'from huggingface_hub import hf_hub_download\nfrom skops import io\nmodel = «io.load»(hf_hub_download("org/model", "model.skops"), trusted=["net.Scaler"])\n',
      message: 'bypass',
      good: 'from skops import io\nmodel = io.load("model.skops", trusted=["net.Scaler"])\n',
      byHand: true,
      given: { skops: '0.11.0' },
    },
    {
      good: 'import skops.io as sio\nmodel = sio.load("model.skops", trusted=True)\n',
      given: { skops: '0.14.0' },
      because: 'refused from 0.10 on: the call raises an error',
    },
    {
      good: 'import skops.io as sio\nunknown = sio.get_untrusted_types(file=path)\nassert set(unknown) <= ALLOWED\nmodel = sio.load(path, trusted=unknown)\n',
      because: 'the list is compared with a reviewed one first',
    },
    {
      good: 'import skops.io as sio\nmodel = sio.load("model.skops", trusted=["net.Scaler"])\n',
      because: 'a list of reviewed types',
    },
    { good: 'import skops.io as sio\nmodel = sio.load(path, trusted=types)\n', because: 'the list is not known' },
    { good: 'store.load(path, trusted=True)\n', because: 'nothing says which library this is' },
  ],
});

/** True when the list is what the file was asked for, and nothing but `print` looked at it since. */
function takesOwnList(trusted: Expression, call: CallFact, py: PythonQuestions, text: string): boolean {
  if (!py.names(trusted).some((name) => LISTERS.includes(name))) return false;
  if (trusted.kind !== 'name') return trusted.kind === 'call';
  const list = py.definition(trusted);
  if (list.kind !== 'call' || list.range.end > call.range.start) return false;
  const between = text.slice(list.range.end, call.range.start).replace(/\b(print|log\w*(\.\w+)?)\(.*\)/g, '');
  return !new RegExp(`\\b${trusted.name}\\b`).test(between);
}
