import { isTestFile } from '../../base/test-files.js';
import { argumentOf, type CallFact, defineRule, edit, type PythonQuestions, python } from '../../engine/index.js';
import { isSecretName } from '../../knowledge/secrets/index.js';

type Expression = CallFact['expression'];

const PARSERS = [
  'argparse.ArgumentParser().add_argument',
  'argparse.ArgumentParser().add_argument_group().add_argument',
  'argparse.ArgumentParser().add_mutually_exclusive_group().add_argument',
  'argparse.ArgumentParser().add_subparsers().add_parser().add_argument',
];
const CLICK = ['click.option', 'rich_click.option'];
const TYPER = 'typer.Option';
/** Addresses, which may hold a secret but mostly do not, names of secrets that are kept elsewhere, and keys that are files. */
const OTHERWISE = /ur[il]$|dsn$|conn|auth(?:orization)?$|^--secrets?$|(?:private|ssh|ssl|tls)[-_]?key$/i;
/** Help that tells of another way. */
const ANOTHER_WAY =
  /prompt|environment|\benv\b|env[-_ ]?var|\$[A-Z]|[A-Z]_[A-Z]{2,}|deprecated|name of (?:the|a) secret/;

export default defineRule({
  summary: 'An option of a script takes a secret on the command line.',
  stages: ['data-collection', 'training', 'deployment'],
  severity: 'info',
  confidence: 'high',
  since: '0.1.0',
  references: [
    'CWE-214',
    'CWE-522',
    'OWASP-LLM02:2025',
    'AML.T0055',
    'https://docs.python.org/3/library/argparse.html#default',
    'https://click.palletsprojects.com/en/stable/options/#values-from-environment-variables',
    'https://typer.tiangolo.com/tutorial/arguments/envvar/',
    'https://docs.wandb.ai/guides/track/log/',
  ],
  docs: {
    why: 'On a shared GPU server every user sees the command lines of all jobs with `ps`. The shell keeps them in its history, the scheduler in its records, and Weights & Biases stores the arguments of each run for the whole team.',
    instead:
      'Read the secret from the environment or a file with tight permissions; let click and typer take it from `envvar=` or ask for it with `prompt=True, hide_input=True`.',
    fixSafety:
      'Once the variable is set, a run without the option behaves differently, so the fix is offered for review.',
    limits:
      'Only options whose name means a secret count, and only where the parser is known. An option with a default from the environment, `envvar` or `prompt`, or whose help tells of such a way, is passed over, since there the command line is not the only way.',
    ignoreWhen: 'The script runs in a container of its own and its arguments come from a secret store.',
  },
  messages: {
    taken: '`{option}` takes a secret on the command line, where `ps` and logs show it; read it from the environment',
  },
  query: python.calls(...PARSERS, ...CLICK, TYPER),
  check(fact: CallFact, { report, python: py, path, text }) {
    if (isTestFile(path) || fact.arguments.some((argument) => argument.unpacked)) return;
    const names = fact.arguments
      .filter((argument) => argument.name === undefined)
      .map(({ value }) => ({ value, text: py.value(value) }))
      .flatMap(({ value, text: name }) => (name.kind === 'string' ? [{ range: value.range, name: name.value }] : []));
    const option = names.find(({ name }) => /^--[a-z]/i.test(name) && !name.includes('/'));
    if (option === undefined || !namesSecret(option.name)) return;
    const click = !PARSERS.includes(fact.name);
    if (click ? asksOtherwise(fact, py) : takesNoValue(fact, py)) return;
    const help = argumentOf(fact, 'help')?.value;
    if (help !== undefined && ANOTHER_WAY.test(stringOf(py, help))) return;
    const given = argumentOf(fact, 'default')?.value;
    if (given !== undefined && readsSomewhere(given, py)) return;
    const finding = report(option.range, 'taken', { option: option.name.slice(0, 40) });
    const variable = option.name.replace(/^-+/, '').replaceAll('-', '_').toUpperCase();
    const reason = 'a run without the option takes the variable';
    if (click) {
      const edits = edit.setKeyword(text, fact.expression, 'envvar', edit.quote(text, variable));
      finding.fix(`Let \`${variable}\` give the value`, 'review', edits, reason);
      return;
    }
    const required = argumentOf(fact, 'required');
    if (required !== undefined || (given !== undefined && py.value(given).kind !== 'none')) return;
    const value = `os.environ.get(${edit.quote(text, variable)})`;
    finding.fix(
      `Take the default from \`${variable}\``,
      'review',
      [...edit.setKeyword(text, fact.expression, 'default', value), ...edit.addImport(text, 'import os')],
      reason,
    );
  },
  examples: [
    {
      bad: 'import argparse\nimport os\n\nparser = argparse.ArgumentParser()\nparser.add_argument(«"--hf-token"», type=str, help="token of the Hub")\n',
      message: 'taken',
      good: 'import argparse\nimport os\n\nparser = argparse.ArgumentParser()\nparser.add_argument("--hf-token", type=str, help="token of the Hub", default=os.environ.get("HF_TOKEN"))\n',
    },
    {
      bad: 'import click as c\n\n@c.command()\n@c.option("-p", «"--db-password"», required=True)\ndef export(db_password):\n    run(db_password)\n',
      message: 'taken',
      good: 'import click as c\n\n@c.command()\n@c.option("-p", "--db-password", required=True, envvar="DB_PASSWORD")\ndef export(db_password):\n    run(db_password)\n',
    },
    {
      bad: 'import typer\n\ndef main(key: str = typer.Option(..., «"--wandb-api-key"»)):\n    train(key)\n',
      message: 'taken',
      good: 'import typer\n\ndef main(key: str = typer.Option(..., "--wandb-api-key", envvar="WANDB_API_KEY")):\n    train(key)\n',
    },
    {
      good: 'import argparse\nimport os\n\nparser = argparse.ArgumentParser()\nparser.add_argument("--hf-token", default=os.environ.get("HF_TOKEN"))\n',
      because: 'the environment is the usual way',
    },
    {
      good: 'import click\n\n@click.command()\n@click.option("--password", prompt=True, hide_input=True)\ndef export(password):\n    run(password)\n',
      because: 'asked for without an echo',
    },
    {
      good: 'import argparse\n\nparser = argparse.ArgumentParser()\nparser.add_argument("--max-tokens", type=int)\nparser.add_argument("--pad-token")\n',
      because: 'pieces of text',
    },
    {
      good: 'import argparse\n\nparser = argparse.ArgumentParser()\nparser.add_argument("--use-auth-token", action="store_true")\nparser.add_argument("--token-file")\n',
      because: 'a switch and a path',
    },
    { good: 'parser.add_argument("--api-key")\n', because: 'nothing says which parser this is' },
  ],
});

function namesSecret(option: string): boolean {
  return isSecretName(option.replace(/^-+/, '').replaceAll('-', '_')) && !OTHERWISE.test(option);
}

/** `store_true` and the like, and files that are opened. */
function takesNoValue(call: CallFact, py: PythonQuestions): boolean {
  const action = argumentOf(call, 'action');
  if (action !== undefined && !/^(?:store|append)$/.test(stringOf(py, action.value))) return true;
  const type = argumentOf(call, 'type')?.value;
  return type !== undefined && type.kind !== 'name';
}

function asksOtherwise(call: CallFact, py: PythonQuestions): boolean {
  return call.arguments.some(({ name, value }) => {
    if (name === 'envvar' || name === 'is_flag' || name === 'flag_value' || name === 'default_factory') return true;
    if (name !== 'prompt' && name !== 'hide_input') return false;
    const asked = py.value(value);
    return !(asked.kind === 'boolean' && !asked.value);
  });
}

/** A default that is worked out: from the environment, a settings object, a prompt. */
function readsSomewhere(
  value: Expression | NonNullable<CallFact['arguments'][number]>['value'],
  py: PythonQuestions,
): boolean {
  if (value.kind === 'call') return true;
  const kind = py.value(value).kind;
  return kind !== 'string' && kind !== 'none' && value.kind !== 'constant';
}

function stringOf(py: PythonQuestions, expression: CallFact['arguments'][number]['value']): string {
  const value = py.value(expression);
  return value.kind === 'string' ? value.value : '';
}
