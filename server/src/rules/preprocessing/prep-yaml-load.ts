import { argumentOf, type CallFact, defineRule, edit, passesUnknown, python } from '../../engine/index.js';
import { isBelow } from '../../engine/versions.js';

const SAFE = new Set(['SafeLoader', 'CSafeLoader', 'BaseLoader', 'CBaseLoader', 'CFullLoader', 'FullLoader']);
const UNSAFE = new Set(['Loader', 'CLoader', 'UnsafeLoader', 'CUnsafeLoader']);

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
    limits: "A loader class of the program's own is not judged.",
  },
  messages: {
    noLoader: '`yaml.load` without a loader runs code from YAML tags on PyYAML before 5.1; use `yaml.safe_load`',
    unsafeLoader: '`{loader}` runs code from YAML tags; use `yaml.safe_load`',
    unsafeCall: '`{callee}` runs code from YAML tags; use `yaml.safe_load`',
    unsafeType: '`YAML(typ="unsafe")` runs code from YAML tags; use `typ="safe"`',
  },
  query: python.calls('yaml.load', 'yaml.load_all', 'yaml.unsafe_load', 'yaml.unsafe_load_all', 'ruamel.yaml.YAML'),
  check(call: CallFact, { report, python: py, version, text }) {
    const reason = 'files that use Python tags stop loading';
    const method = call.name.slice(call.name.lastIndexOf('.') + 1);
    if (method === 'YAML') {
      const type = argumentOf(call, 'typ');
      if (type === undefined) return;
      const value = py.value(type.value);
      if (value.kind === 'string' && value.value === 'unsafe')
        report(type.range, 'unsafeType').fix(
          'Use `typ="safe"`',
          'review',
          edit.replace(type.value.range, edit.quote(text, 'safe')),
          reason,
        );
      return;
    }
    const nameRange = call.callee.kind === 'attribute' ? call.callee.nameRange : undefined;
    if (method.startsWith('unsafe_')) {
      report(call.calleeRange, 'unsafeCall', { callee: `yaml.${method}` }).fix(
        'Use `yaml.safe_load`',
        'review',
        nameRange === undefined ? [] : edit.replace(nameRange, method.replace('unsafe', 'safe')),
        reason,
      );
      return;
    }
    const loader = argumentOf(call, 'Loader', 1);
    if (loader === undefined) {
      const pyyaml = version('pyyaml');
      if (passesUnknown(call) || pyyaml === undefined || isBelow(pyyaml, '5.1') !== true) return;
      report(call.calleeRange, 'noLoader').fix(
        'Use `yaml.safe_load`',
        'review',
        nameRange === undefined ? [] : edit.replace(nameRange, `safe_${method}`),
        reason,
      );
      return;
    }
    const [name] = py.names(loader.value);
    const known = name?.startsWith('yaml.') ? name.slice(name.lastIndexOf('.') + 1) : undefined;
    if (known === undefined || SAFE.has(known) || !UNSAFE.has(known)) return;
    const edits =
      nameRange === undefined
        ? edit.replace(loader.value.range, 'yaml.SafeLoader')
        : [...edit.replace(nameRange, `safe_${method}`), ...edit.removeArgument(text, call.expression, loader)];
    report(loader.range, 'unsafeLoader', { loader: known }).fix(
      'Use `yaml.safe_load`',
      'review',
      nameRange === undefined ? [] : edits,
      reason,
    );
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
      because: 'PyYAML 6 refuses the call, and the version is not known',
    },
    { good: 'from mylib import yaml\nparams = yaml.load(text, Loader=yaml.Loader)\n', because: 'another library' },
  ],
});
