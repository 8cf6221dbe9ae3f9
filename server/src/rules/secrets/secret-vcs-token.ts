import { defineRule, type TextFact, texts } from '../../engine/index.js';
import { secretWords } from '../../knowledge/secrets/index.js';
import { offerFix, storedSecrets } from './_literal.js';

/** Built from parts, so that this file holds nothing that looks like a token. */
const GITHUB = [
  'github_pat_11ABCDE7Y0kP3xV9sLq0Tz',
  'Rw7BnYf2HcJ8mUe5GdAo1iKtXy6ZbQ4vNrWlESjhDgCpMuFaOI3x9Vz0Lk7',
].join('_');
const UNCHECKED = ['ghp', 'abcdefghijklmnopqrstuvwxyz0123456789'].join('_');
const GITLAB = `glpat-${'kP3xV9sLq0TzRw7BnYf2'}`;
const PYPI = `pypi-AgEIcHlwaS5vcmc${'kP3xV9sLq0TzRw7BnYf2HcJ8mUe5GdAo1iKtXy6ZbQ4vNrWlESjhDgCpMuFaOI'}`;

export default defineRule({
  summary: 'A token of a code host or package index is written in a file.',
  stages: ['data-collection', 'training', 'deployment'],
  severity: 'error',
  confidence: 'high',
  profile: 'essential',
  since: '0.1.0',
  references: [
    'CWE-798',
    'OWASP-ML06:2023',
    'OWASP-LLM03:2025',
    'CICD-SEC-6',
    'AML.T0055',
    'https://docs.github.com/authentication/keeping-your-account-and-data-secure/about-authentication-to-github',
    'https://docs.gitlab.com/security/tokens/',
    'https://pypi.org/help/#apitoken',
  ],
  docs: {
    why: 'A Colab notebook clones the private repository with a token in the address, and the notebook is shared with the class. The token pushes to every repository of its owner, so a changed training script or package reaches everyone who installs it.',
    instead:
      'Revoke the token. Clone with SSH or a credential helper, use the token of the workflow in CI, and publish with trusted publishing.',
    fixSafety: 'The program needs the variable afterwards, so the fix is offered for review.',
    limits:
      'GitHub tokens count only if their checksum is right. Known are GitHub, GitLab, PyPI, TestPyPI, npm and Docker Hub; passwords in other clone addresses are not looked at.',
  },
  messages: {
    stored: '{title} ({shown}) is stored in this file; revoke it and read it from the environment',
    cloned: '{title} ({shown}) is part of this address; revoke it and use SSH or a credential helper',
  },
  words: secretWords(['code-host', 'package-index']),
  query: texts.any(),
  check(fact: TextFact, context) {
    for (const secret of storedSecrets(fact, ['code-host', 'package-index'], context)) {
      const values = { title: secret.found.format.title, shown: secret.shown };
      const behind = context.text.slice(secret.range.end, secret.range.end + 32);
      if (/^(?::[\w-]{0,20})?@[\w.-]/.test(behind)) context.report(secret.range, 'cloned', values);
      else offerFix(context.report(secret.range, 'stored', values), context, secret, fact.name);
    }
  },
  examples: [
    {
      bad: `import github\nhub = github.Github("«${GITHUB}»")\n`,
      message: 'stored',
      good: 'import os\nimport github\nhub = github.Github(os.environ["GITHUB_TOKEN"])\n',
    },
    {
      bad: `import git\ngit.Repo.clone_from("https://oauth2:«${GITLAB}»@gitlab.com/team/features.git", "features")\n`,
      message: 'cloned',
      good: 'import git\ngit.Repo.clone_from("git@gitlab.com:team/features.git", "features")\n',
      byHand: true,
    },
    {
      bad: `numpy==2.1.0\ngit+https://«${GITHUB}»@github.com/team/features.git@v1.2.0\n`,
      path: 'requirements.txt',
      message: 'cloned',
      good: 'numpy==2.1.0\ngit+ssh://git@github.com/team/features.git@v1.2.0\n',
      byHand: true,
    },
    {
      bad: `FROM python:3.12-slim\nENV TWINE_PASSWORD=«${PYPI}»\n`,
      path: 'Dockerfile',
      message: 'stored',
      good: 'FROM python:3.12-slim\n',
      byHand: true,
    },
    { good: 'import os\ntoken = os.environ["GITHUB_TOKEN"]\nprefix = "ghp_"\n', because: 'read at run time' },
    { good: `token = "${UNCHECKED}"\n`, because: 'the checksum is wrong' },
    { good: 'token = "glpat-xxxxxxxxxxxxxxxxxxxx"\n', because: 'a placeholder' },
    { good: 'url = f"https://oauth2:{token}@gitlab.com/team/features.git"  # glpat-\n', because: 'put in at run time' },
  ],
});
