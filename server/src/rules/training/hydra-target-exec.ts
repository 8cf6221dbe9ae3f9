import { type ConfigEntry, child, config, defineRule, text as textOf } from '../../engine/index.js';
import { powerOf } from '../../knowledge/loaders/code-running.js';

/** Helpers of Hydra that give back what another key names. */
const LOOKUPS = /^hydra\.utils\.get_(?:method|object|static_method|class)$/;
/** They run what a file holds, and so only what somebody put there. */
const READERS = /^(?:joblib|pickle|_pickle|dill|cloudpickle|marshal)\.\w+$/;

export default defineRule({
  summary: 'A `_target_` of a Hydra configuration runs commands or code.',
  stages: ['training', 'evaluation', 'deployment'],
  severity: 'error',
  confidence: 'high',
  profile: 'essential',
  since: '0.1.0',
  references: [
    'CWE-94',
    'CWE-470',
    'OWASP-A03:2021',
    'OWASP-ML06:2023',
    'AML.T0011.000',
    'CVE-2026-68508',
    'https://hydra.cc/docs/advanced/instantiate_objects/overview/',
    'https://hydra.cc/docs/advanced/execution_whitelist/restricted_targets/',
  ],
  docs: {
    why: '`hydra.utils.instantiate` calls whatever `_target_` names with the keys beside it. `_target_: os.system` in the configuration of a downloaded model, or in a pull request that looks like a change of settings, is a command on the training machine; and any override on the command line replaces its argument.',
    instead:
      'Name a function of your own that does this one thing and takes plain values, and pass `_execution_whitelist_` (Hydra 1.4) with the targets the program needs.',
    fixSafety: 'There is no automatic fix: the function that takes the place of the call has to be written.',
    limits:
      'Targets are judged by their name: commands, `eval`, `exec`, imports by name, and readers of pickles, which are a warning because they run what their file holds. Hydra 1.3.4 and newer refuse most of the others when the program starts. Loaders of torch have a rule of their own, and targets that are put together by interpolation are not known.',
    ignoreWhen: 'The file is a test that such targets are refused.',
  },
  messages: {
    runs: '`_target_: {target}` runs commands or code that a configuration chooses; name a function of your own',
    reads: '`_target_: {target}` unpickles a file, which runs the code in it; load weights in a safe format',
  },
  words: ['_target_'],
  skipsTests: true,
  query: config.entries('any', '**._target_'),
  check(entry: ConfigEntry, { report }) {
    const target = textOf(entry) ?? '';
    const named = LOOKUPS.test(target) ? child(entry.parent, 'path') : entry;
    const name = textOf(named) ?? '';
    // What torch loads is safe or not by other keys.
    if (named === undefined || powerOf(name) !== 'runs' || name.startsWith('torch.')) return;
    const shown = { target: name.slice(0, 30) };
    if (READERS.test(name)) report(named.valueRange, 'reads', shown).severity('warning');
    else report(named.valueRange, 'runs', shown);
  },
  examples: [
    {
      path: 'conf/setup.yaml',
      bad: 'prepare:\n  _target_: «os.system»\n  command: aws s3 sync s3://bank/letters data\n',
      message: 'runs',
      good: 'prepare:\n  _target_: risk.data.sync\n  bucket: bank\n',
      byHand: true,
    },
    {
      path: 'conf/model.yaml',
      bad: 'activation: {_target_: «builtins.eval», _args_: ["lambda x: x * 2"]}\n',
      message: 'runs',
      good: 'activation: {_target_: risk.layers.double}\n',
      byHand: true,
    },
    {
      path: 'conf/model.yaml',
      bad: 'scaler:\n  _target_: «joblib.load»\n  filename: models/scaler.joblib\n',
      message: 'reads',
      good: 'scaler:\n  _target_: risk.scaling.read\n  filename: models/scaler.json\n',
      byHand: true,
    },
    {
      path: 'conf/paths.yaml',
      good: 'folder:\n  _target_: os.path.join\n  _args_: [data, letters]\n',
      because: 'joins two names',
    },
    {
      path: 'conf/optimizer.yaml',
      good: 'optimizer:\n  _target_: torch.optim.AdamW\n  _partial_: true\nrank: {_target_: os.environ.get, key: RANK}\n',
      because: 'a class, and a value of the environment',
    },
    {
      path: 'conf/model.yaml',
      good: 'model:\n  _target_: ${package}.system\n',
      because: 'the name is put together elsewhere',
    },
    {
      path: 'conf/model.yaml',
      good: 'state: {_target_: torch.load, f: net.pt, weights_only: true}\n',
      because: 'what torch reads is judged by its other keys',
    },
  ],
});
