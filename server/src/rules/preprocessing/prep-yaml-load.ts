import {
  argumentOf,
  type CallFact,
  defineRule,
  edit,
  passesUnknown,
  python,
  type RuleContext,
} from '../../engine/index.js';
import { isBelow } from '../../engine/versions.js';

/** Loaders that build any Python object, whatever the version. */
const UNSAFE = new Set(['Loader', 'CLoader', 'UnsafeLoader', 'CUnsafeLoader']);
/** Loaders that could be made to run code before PyYAML 5.4 (CVE-2020-1747, CVE-2020-14343). */
const FULL = new Set(['FullLoader', 'CFullLoader']);

export default defineRule({
  summary: 'YAML is loaded with a loader that can run code.',
  stages: ['preprocessing', 'training'],
  severity: 'error',
  confidence: 'high',
  since: '0.1.0',
  references: ['CWE-502', 'OWASP-ML06:2023', 'AML.T0011.000', 'https://pyyaml.org/wiki/PyYAMLDocumentation'],
  overlaps: ['bandit:B506', 'ruff:S506'],
  docs: {
    why: 'A training configuration with a tag such as `!!python/object/apply:os.system` runs a command while it is read: a pull request that only touches YAML is enough.',
    instead: 'Use `yaml.safe_load`.',
    fixSafety: 'Files that use Python tags on purpose stop loading, so the fix is offered for review.',
    limits:
      "A loader class of the program's own is not judged. `FullLoader` is judged only where a pin says PyYAML is older than 5.4.",
  },
  messages: {
    noLoader:
      '`{callee}` without a loader runs code from YAML tags: PyYAML {version} is older than 5.4; use `safe_load`',
    unknownVersion:
      '`{callee}` without a loader runs code from YAML tags before PyYAML 5.4 and fails from 6 on; use `safe_load`',
    fullLoader: '`{loader}` runs code from YAML tags: PyYAML {version} is older than 5.4; use `yaml.safe_load`',
    unsafeLoader: '`{loader}` runs code from YAML tags; use `yaml.safe_load`',
    unsafeCall: '`{callee}` runs code from YAML tags; use `yaml.safe_load`',
    unsafeType: '`YAML(typ="unsafe")` runs code from YAML tags; use `typ="safe"`',
  },
  query: python.calls(
    ...['load', 'load_all', 'unsafe_load', 'unsafe_load_all', 'full_load', 'full_load_all'].map(
      (name) => `yaml.${name}`,
    ),
    'ruamel.yaml.YAML',
  ),
  check(call: CallFact, context) {
    const { report, python: py, version, text } = context;
    const method = call.name.slice(call.name.lastIndexOf('.') + 1);
    if (method === 'YAML') return unsafeType(call, context);
    const callee = `yaml.${method}`;
    const pyyaml = version('pyyaml');
    const old = pyyaml !== undefined && isBelow(pyyaml, '5.4') === true ? pyyaml : undefined;
    const shown = old?.exact ?? old?.specifier ?? '';
    const safe = safeCall(call, method.replace(/^(unsafe|full)_/, ''));
    const because = 'files that use Python tags stop loading';
    if (method.startsWith('unsafe_')) {
      report(call.calleeRange, 'unsafeCall', { callee }).fix('Use `yaml.safe_load`', 'review', safe, because);
      return;
    }
    if (method.startsWith('full_')) {
      if (old === undefined) return;
      const finding = report(call.calleeRange, 'fullLoader', { loader: callee, version: shown });
      finding.related(old.place, 'PyYAML is pinned here').fix('Use `yaml.safe_load`', 'review', safe, because);
      return;
    }
    const loader = argumentOf(call, 'Loader', 1);
    if (loader === undefined) {
      if (passesUnknown(call) || (pyyaml !== undefined && old === undefined)) return;
      const finding =
        old === undefined
          ? report(call.calleeRange, 'unknownVersion', { callee }).severity('info')
          : report(call.calleeRange, 'noLoader', { callee, version: shown }).related(
              old.place,
              'PyYAML is pinned here',
            );
      finding.fix('Use `yaml.safe_load`', 'review', safe, because);
      return;
    }
    const [name] = py.names(loader.value);
    const known = name?.startsWith('yaml.') ? name.slice(name.lastIndexOf('.') + 1) : '';
    const edits = safe.length === 0 ? [] : [...safe, ...edit.removeArgument(text, call.expression, loader)];
    if (UNSAFE.has(known)) {
      report(loader.range, 'unsafeLoader', { loader: known }).fix('Use `yaml.safe_load`', 'review', edits, because);
    } else if (FULL.has(known) && old !== undefined) {
      const finding = report(loader.range, 'fullLoader', { loader: known, version: shown });
      finding.related(old.place, 'PyYAML is pinned here').fix('Use `yaml.safe_load`', 'review', edits, because);
    }
  },
  examples: [
    {
      bad: 'import yaml\nwith open("params.yaml") as f:\n    params = yaml.load(f, «Loader=yaml.Loader»)\n',
      message: 'unsafeLoader',
      good: 'import yaml\nwith open("params.yaml") as f:\n    params = yaml.safe_load(f)\n',
    },
    {
      bad: 'import yaml as y\nparams = y.load(text, «y.UnsafeLoader»)\n',
      message: 'unsafeLoader',
      good: 'import yaml as y\nparams = y.safe_load(text)\n',
    },
    {
      bad: 'from yaml import unsafe_load\nparams = «unsafe_load»(text)\n',
      message: 'unsafeCall',
      good: 'from yaml import safe_load\nparams = safe_load(text)\n',
      byHand: true,
    },
    {
      bad: 'import yaml\nparams = «yaml.load»(text)\n',
      message: 'noLoader',
      good: 'import yaml\nparams = yaml.safe_load(text)\n',
      given: { PyYAML: '3.13' },
    },
    {
      bad: 'import yaml\nparams = «yaml.load»(text)\n',
      message: 'unknownVersion',
      good: 'import yaml\nparams = yaml.safe_load(text)\n',
    },
    {
      bad: 'import yaml\nparams = yaml.load(text, «Loader=yaml.FullLoader»)\n',
      message: 'fullLoader',
      good: 'import yaml\nparams = yaml.safe_load(text)\n',
      given: { PyYAML: '5.3.1' },
    },
    {
      bad: 'from ruamel.yaml import YAML\nparams = YAML(«typ="unsafe"»).load(text)\n',
      message: 'unsafeType',
      good: 'from ruamel.yaml import YAML\nparams = YAML(typ="safe").load(text)\n',
    },
    { good: 'import yaml\nparams = yaml.load(text, Loader=yaml.SafeLoader)\n', because: 'a safe loader' },
    { good: 'import yaml\nparams = yaml.load(text, Loader=yaml.CSafeLoader)\n', because: 'the same loader in C' },
    {
      good: 'import yaml\nclass Strict(yaml.SafeLoader):\n    pass\n\nparams = yaml.load(text, Loader=Strict)\n',
      because: 'a subclass of a safe loader',
    },
    {
      good: 'import yaml\nparams = yaml.load(text)\n',
      given: { PyYAML: '6.0.2' },
      because: 'PyYAML 6 refuses the call',
    },
    {
      good: 'import yaml\nparams = yaml.load(text, Loader=yaml.FullLoader)\n',
      because: 'closed in PyYAML 5.4, and the version is not known',
    },
    { good: 'from mylib import yaml\nparams = yaml.load(text, Loader=yaml.Loader)\n', because: 'another library' },
  ],
});

/** `yaml.load` → `yaml.safe_load`; no edit where the function was imported by its own name. */
function safeCall(call: CallFact, method: string): ReturnType<typeof edit.replace> {
  return call.callee.kind === 'attribute' ? edit.replace(call.callee.nameRange, `safe_${method}`) : [];
}

function unsafeType(call: CallFact, { report, python: py, text }: RuleContext<{ unsafeType: string }>): void {
  const type = argumentOf(call, 'typ');
  const value = type === undefined ? undefined : py.value(type.value);
  if (type === undefined || value?.kind !== 'string' || value.value !== 'unsafe') return;
  report(type.range, 'unsafeType').fix(
    'Use `typ="safe"`',
    'review',
    edit.replace(type.value.range, edit.quote(text, 'safe')),
    'files that use Python tags stop loading',
  );
}
