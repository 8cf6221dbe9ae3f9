import { isTestFile } from '../../base/test-files.js';
import { type CallFact, defineRule, python, type RuleContext } from '../../engine/index.js';
import { TRACKING_CALLS, TRACKING_VARIABLES } from '../../knowledge/tracking-servers.js';
import { type EnvironmentFact, environment, variablesOf, withTls } from '../_environment.js';
import { type Address, addressesOf, holdsPassword, remoteHost } from './_tracking-address.js';

type Context = RuleContext<typeof messages>;

const CALLS = TRACKING_CALLS.flatMap(({ names }) => names);

const messages = {
  plain:
    '`{setting}` asks the tracking server `{host}` over plain HTTP: runs, models and keys can be read; use `https`',
  userinfo: '`{setting}` holds the password of a tracking server in its address; keep it in a secret store instead',
} as const;

export default defineRule({
  summary: 'An experiment tracker is asked over plain HTTP or with a password in its address.',
  stages: ['training', 'evaluation', 'deployment'],
  severity: 'warning',
  confidence: 'high',
  since: '0.1.0',
  references: [
    'CWE-319',
    'CWE-522',
    'OWASP-ML06:2023',
    'OWASP-ML10:2023',
    'AML.T0020',
    'https://mlflow.org/docs/latest/self-hosting/security/network/',
    'https://docs.wandb.ai/guides/track/environment-variables/',
    'https://clear.ml/docs/latest/docs/configs/env_vars/',
  ],
  docs: {
    why: 'The tracking server hands out the model that goes into production. Over plain HTTP anybody on the way, in a shared office or a cloud network, reads the token of the client and answers with a model of their own, whose pickle runs on the next host that loads it.',
    instead:
      'Put the server behind TLS and use its `https://` address; give the login in `MLFLOW_TRACKING_USERNAME` and `MLFLOW_TRACKING_PASSWORD` or as a key.',
    fixSafety: 'The server may not answer over HTTPS, so the fix is offered for review.',
    limits:
      'Loopback, service names and cluster DNS are not judged, nor are addresses that are not known and files of tests. The fallback of `os.getenv` counts, as it is what runs where nothing is set.',
    ignoreWhen: 'The connection goes through an encrypted tunnel.',
  },
  messages,
  words: ['mlflow', 'wandb', 'clearml'],
  query: [python.calls(...CALLS), ...environment],
  check(fact: CallFact | EnvironmentFact, context) {
    const { report, python: py, path, text } = context;
    if (isTestFile(path)) return;
    if (!('keyword' in fact) && fact.kind === 'call') {
      const setting = fact.name.slice(fact.name.lastIndexOf('.') + 1);
      for (const address of addressesOf(fact, py)) inCall(address, setting, context);
    }
    for (const { name, value, place, range } of variablesOf(fact, py, text)) {
      if (!TRACKING_VARIABLES.includes(name)) continue;
      if (holdsPassword(value)) report(place, 'userinfo', { setting: name });
      const host = remoteHost(value, true);
      if (host === undefined) continue;
      const finding = report(place, 'plain', { setting: name, host });
      if (place !== range)
        finding.fix('Use `https://`', 'review', withTls(text, place), `check that ${host} answers over HTTPS`);
    }
  },
  examples: [
    {
      bad: 'import mlflow\nmlflow.set_tracking_uri(«"http://mlflow.example.org:5000"»)\n',
      message: 'plain',
      good: 'import mlflow\nmlflow.set_tracking_uri("https://mlflow.example.org:5000")\n',
    },
    {
      bad: 'from mlflow import MlflowClient as Client\nURI = "http://3.110.101.43:5000/"\nclient = Client(tracking_uri=«URI»)\n',
      message: 'plain',
      good: 'from mlflow import MlflowClient as Client\nURI = "https://3.110.101.43:5000/"\nclient = Client(tracking_uri=URI)\n',
    },
    {
      path: '.env',
      bad: 'WANDB_BASE_URL=«http://wandb.example.org»\n',
      message: 'plain',
      good: 'WANDB_BASE_URL=https://wandb.example.org\n',
    },
    {
      bad: 'import mlflow\nmlflow.set_tracking_uri(«"https://anna:correct-horse@mlflow.example.org"»)\n',
      message: 'userinfo',
      good: 'import mlflow\nmlflow.set_tracking_uri("https://mlflow.example.org")\n',
      byHand: true,
    },
    { good: 'import mlflow\nmlflow.set_tracking_uri("http://localhost:5000")\n', because: 'loopback' },
    {
      good: 'import mlflow\nmlflow.set_tracking_uri("http://mlflow:5000")\n',
      because: 'a service of the same network',
    },
    { good: 'import mlflow\nmlflow.set_tracking_uri("sqlite:///mlflow.db")\n', because: 'a file' },
    { good: 'import mlflow\nmlflow.set_tracking_uri(f"http://{host}:5000")\n', because: 'the host is not known' },
    {
      good: 'import mlflow\nmlflow.set_tracking_uri(f"https://{user}:{password}@mlflow.example.org")\n',
      because: 'the login comes from elsewhere',
    },
  ],
});

function inCall({ argument, literal, text: address, complete }: Address, setting: string, context: Context): void {
  const host = remoteHost(address, complete);
  const found = [
    ...(complete && holdsPassword(address) ? [context.report(argument.range, 'userinfo', { setting })] : []),
    ...(host === undefined ? [] : [context.report(argument.range, 'plain', { setting, host })]),
  ];
  for (const finding of found) if (literal !== argument) finding.related(literal.range, 'the address is written here');
  const reason = `check that ${host} answers over HTTPS`;
  if (host !== undefined) found.at(-1)!.fix('Use `https://`', 'review', withTls(context.text, literal.range), reason);
}
