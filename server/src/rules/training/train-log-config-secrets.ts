import { argumentOf, type CallFact, defineRule, type Expression, edit, python } from '../../engine/index.js';
import { judge, NAMESPACES } from './_logged-settings.js';

/** Calls that store a mapping with a run, and the argument that holds it. */
const LOGGERS: Readonly<Record<string, { readonly keyword: string; readonly position?: number }>> = {
  'wandb.init': { keyword: 'config' },
  'wandb.config.update': { keyword: 'd', position: 0 },
  'wandb.init().config.update': { keyword: 'd', position: 0 },
  'mlflow.log_params': { keyword: 'params', position: 0 },
  'mlflow.log_dict': { keyword: 'dictionary', position: 0 },
  'mlflow.set_tags': { keyword: 'tags', position: 0 },
  'comet_ml.Experiment().log_parameters': { keyword: 'parameters', position: 0 },
  'comet_ml.start().log_parameters': { keyword: 'parameters', position: 0 },
  'clearml.Task.init().connect': { keyword: 'mutable', position: 0 },
  'trackio.init': { keyword: 'config' },
  'swanlab.init': { keyword: 'config' },
};
export default defineRule({
  summary: 'The settings that are stored with a run hold a secret.',
  stages: ['training'],
  severity: 'error',
  confidence: 'medium',
  since: '0.1.0',
  references: [
    'CWE-532',
    'CWE-200',
    'OWASP-LLM02:2025',
    'https://docs.wandb.ai/guides/track/config/',
    'https://mlflow.org/docs/latest/api_reference/python_api/mlflow.html#mlflow.log_params',
    'https://www.comet.com/docs/v2/api-and-sdk/python-sdk/reference/Experiment/',
    'https://clear.ml/docs/latest/docs/references/sdk/task/',
  ],
  docs: {
    why: 'A run is kept for good, copied into reports and shown to everybody who can open the project. `wandb.init(config=os.environ)` stores the keys of the cloud account, the data base and the Hub next to the learning rate, where no rotation of a secret store reaches them.',
    instead: 'Store the settings of the experiment by name: learning rate, seed, data version.',
    fixSafety:
      'The run no longer shows these keys, and programs may read them back from it, so the fix is offered for review.',
    limits:
      'Keys are judged by their names. Options of a command line count when the file that stores them declares them; parsed arguments without a secret among them, and mappings that are built elsewhere, are silent. Items that are assigned to a run of Neptune are not seen.',
  },
  messages: {
    environment:
      '`{callee}` stores the whole environment with the run, keys and passwords too; select what the run needs',
    keys: '`{callee}` stores {keys} with the run, for everybody who can open it; leave secrets out',
  },
  query: python.calls(...Object.keys(LOGGERS)),
  check(call: CallFact, { report, python: py, text }) {
    const mapping = mappingOf(call);
    if (mapping === undefined) return;
    const callee = call.name.replaceAll('()', '').split('.').slice(-2).join('.');
    const verdict = judge(mapping, py, text, 0);
    if (verdict === undefined) return;
    if ('whole' in verdict) {
      report(mapping.range, 'environment', { callee });
      return;
    }
    const [first = '', ...others] = verdict.keys;
    const keys = `\`${first.slice(0, 24)}\`${others.length > 0 ? ` and ${others.length} more` : ''}`;
    const finding = report(verdict.at.range, 'keys', { callee, keys });
    if (mapping.kind === 'dict' || text.slice(mapping.range.start, mapping.range.end).includes('\n')) return;
    const source = text.slice(mapping.range.start, mapping.range.end);
    const pairs = NAMESPACES.some((name) => py.names(mapping).includes(name)) ? `vars(${source})` : source;
    const listed = verdict.keys.map((key) => edit.quote(text, key)).join(', ');
    finding.fix(
      `Leave out ${keys}`,
      'review',
      edit.replace(mapping.range, `{k: v for k, v in ${pairs}.items() if k not in {${listed}}}`),
      'the run no longer shows them',
    );
  },
  examples: [
    {
      bad: 'import os\nimport wandb\n\nwandb.init(project="risk", config=«dict(os.environ)»)\n',
      message: 'environment',
      good: 'import os\nimport wandb\n\nwandb.init(project="risk", config={"seed": os.environ["SEED"]})\n',
      byHand: true,
    },
    {
      bad: 'import mlflow as ml\n\nsettings = {"lr": 0.1, "db_password": password}\nml.log_params(«settings»)\n',
      message: 'keys',
      good: 'import mlflow as ml\n\nsettings = {"lr": 0.1, "db_password": password}\nml.log_params({k: v for k, v in settings.items() if k not in {"db_password"}})\n',
    },
    {
      bad: 'import argparse\nimport wandb\n\nparser = argparse.ArgumentParser()\nparser.add_argument("--lr", type=float)\nparser.add_argument("--api-key")\nargs = parser.parse_args()\nwandb.init(config=«vars(args)»)\n',
      message: 'keys',
      good: 'import argparse\nimport wandb\n\nparser = argparse.ArgumentParser()\nparser.add_argument("--lr", type=float)\nparser.add_argument("--api-key")\nargs = parser.parse_args()\nwandb.init(config={k: v for k, v in vars(args).items() if k not in {"api_key"}})\n',
    },
    {
      good: 'import argparse\nimport wandb\n\nparser = argparse.ArgumentParser()\nparser.add_argument("--lr", type=float)\nargs = parser.parse_args()\nwandb.init(config=vars(args))\n',
      because: 'no option is a secret',
    },
    {
      good: 'import mlflow\n\nmlflow.log_params({"max_tokens": 512, "pad_token": "<pad>", "api_key": "***"})\n',
      because: 'pieces of text and a mask',
    },
    { good: 'import wandb\n\nwandb.init(project="risk", config=config)\n', because: 'what it holds is not known' },
    { good: 'import os\n\nstart(config=dict(os.environ))\n', because: 'not a tracking service' },
  ],
});

function mappingOf(call: CallFact): Expression | undefined {
  const { keyword, position } = LOGGERS[call.name]!;
  return argumentOf(call, keyword, position)?.value;
}
