import { type ConfigEntry, config, defineRule, placeIn, type Report, type RuleContext } from '../../engine/index.js';
import { hardCodedNameWords, hasKnownShape, isHardCodedSecret } from '../../knowledge/secrets/index.js';

/** Files that show which variables there are, and those of tests. */
const TEMPLATES =
  /(?:^|[._-])(?:example|sample|template|tmpl|dist|defaults?|schema|spec|tests?|ci|vault|encrypted|enc)(?:[._-]|$)/i;

/** Built from parts, so that this file holds nothing that looks like a secret. */
const PASSWORD = `kX9${'-vTq2Lm_w'}`;
const KEY = `q7Zr${'2mVx9LkT4wBn8YcJ'}`;

export default defineRule({
  summary: 'An environment file with secrets is not ignored by Git.',
  stages: ['data-collection', 'training', 'deployment'],
  severity: 'warning',
  confidence: 'high',
  since: '0.1.0',
  references: [
    'CWE-538',
    'CWE-312',
    'OWASP-A05:2021',
    'OWASP-ML05:2023',
    'OWASP-LLM02:2025',
    'AML.T0055',
    'https://docs.docker.com/compose/how-tos/environment-variables/best-practices/',
    'https://git-scm.com/docs/gitignore',
  ],
  docs: {
    why: 'The file that was meant for one laptop goes along with the next `git add .`: the password of the feature store is then in every clone, every fork and every image that copies the folder, and stays in the history after the file is gone.',
    instead:
      'Change the secrets, take the file out with `git rm --cached`, name it in `.gitignore` and `.dockerignore`, and commit a `.env.example` that holds the names only.',
    fixSafety: 'There is no fix: a line in `.gitignore` does not take a file out that Git already tracks.',
    limits:
      'Files that `.gitignore` names are not checked at all, so a finding means that nothing keeps the file out. The name has to mean a secret and the value has to look random. Keys in the format of a provider and addresses with a password are left to the rules about them. Compose files beside that read the file or a variable are shown. Examples, templates and files of tests are passed over.',
    ignoreWhen: 'The values only open containers that are started for tests.',
  },
  messages: {
    secret: '`{name}` is a literal secret in `{file}`, which Git does not ignore; change it and untrack the file',
    secrets: '`{name}` and {count} more are literal secrets in `{file}`, which Git does not ignore; untrack it',
  },
  words: hardCodedNameWords,
  query: config.entries(['env-file'], ''),
  check(root: ConfigEntry, { report, path, workspace }) {
    const file = path.slice(path.lastIndexOf('/') + 1);
    const secrets = TEMPLATES.test(file.replace(/^\./, '')) ? [] : root.children.filter(isSecret);
    const [entry] = secrets;
    if (entry === undefined) return;
    const name = (entry.key ?? '').replace(/^export\s+/, '').slice(0, 40);
    const shown = file.slice(0, 30);
    if (secrets.length === 1) {
      const finding = report(entry.valueRange, 'secret', { name, file: shown });
      relateUses(finding, [name], path, workspace);
      return;
    }
    const finding = report(entry.valueRange, 'secrets', { name, count: secrets.length - 1, file: shown });
    for (const other of secrets.slice(1, 6)) finding.related(other.keyRange ?? other.range, 'another secret');
    relateUses(
      finding,
      secrets.map(({ key }) => (key ?? '').replace(/^export\s+/, '')),
      path,
      workspace,
    );
  },
  examples: [
    {
      path: '.env',
      bad: `FEATURE_STORE_USER=etl\nFEATURE_STORE_PASSWORD=«${PASSWORD}»\n`,
      message: 'secret',
      good: 'FEATURE_STORE_USER=etl\nFEATURE_STORE_PASSWORD=\n',
      byHand: true,
    },
    {
      path: 'deploy/prod.env',
      bad: `# training\nDB_PASSWORD=«"${PASSWORD}"»\nSCORING_API_KEY=${KEY}\nLOG_LEVEL=info\n`,
      message: 'secrets',
      good: '# training\nLOG_LEVEL=info\n',
      byHand: true,
    },
    {
      path: '.env',
      bad: `TRACKING_PASSWORD=«${PASSWORD}»\n`,
      message: 'secret',
      files: {
        'compose.yaml':
          'services:\n  mlflow:\n    image: ghcr.io/mlflow/mlflow:v3.6.0\n    environment: {DB: "${TRACKING_PASSWORD}"}\n',
      },
    },
    { path: '.env.example', good: `DB_PASSWORD=${PASSWORD}\n`, because: 'an example' },
    { path: '.env', good: 'DB_PASSWORD=changeme\nHF_TOKEN=\nAPI_KEY=<your key>\n', because: 'placeholders' },
    {
      path: '.env',
      good: 'DB_PASSWORD=${DB_PASSWORD:?not set}\nDB_PASSWORD_FILE=/run/secrets/db\nMAX_TOKENS=4096\n',
      because: 'a reference, a path and a number',
    },
    { path: '.env.test', good: `DB_PASSWORD=${PASSWORD}\n`, because: 'a file of tests' },
  ],
});

/** A secret that no rule about keys of providers or about addresses reports. */
function isSecret({ key, value }: ConfigEntry): boolean {
  if (key === undefined || typeof value !== 'string') return false;
  const name = key.replace(/^export\s+/, '');
  if (!isHardCodedSecret(name, value)) return false;
  return !hasKnownShape(name, value);
}

/** Shows where compose files beside the file read the variables, or the file as a whole. */
function relateUses(
  finding: Report,
  names: readonly string[],
  path: string,
  workspace: RuleContext<never>['workspace'],
): void {
  const file = path.slice(path.lastIndexOf('/') + 1).replace(/[^\w-]/g, '\\$&');
  const variables = names.filter((name) => /^\w+$/.test(name)).join('|');
  const use = new RegExp(
    `\\$(?:${variables})\\b|\\$\\{(?:${variables})\\b[^}]*\\}|(?<=[\\s/'"[])${file}(?=[\\s'"\\],]|$)`,
  );
  for (const { path: compose, text, facts } of workspace.configsBeside(path)) {
    const found = facts.formats.some((format) => format?.id === 'compose') ? use.exec(text) : null;
    if (found === null) continue;
    const range = { start: found.index, end: found.index + found[0].length };
    finding.related(placeIn(compose, text, range), 'The containers get it from here');
  }
}
