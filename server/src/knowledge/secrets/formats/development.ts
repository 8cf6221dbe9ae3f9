import { hasGitHubChecksum } from '../checksum.js';
import { prefixed, type SecretFormat } from '../format.js';

const gitHub = (letter: string, title: string): SecretFormat =>
  prefixed(`github-gh${letter}`, {
    family: 'code-host',
    provider: 'GitHub',
    title,
    prefix: `gh${letter}_`,
    body: '[A-Za-z0-9]{36}',
    bits: 3,
    check: hasGitHubChecksum,
  });

/** Tokens of code hosts and package indexes. */
export const developmentFormats: readonly SecretFormat[] = [
  gitHub('p', 'GitHub personal access token'),
  gitHub('o', 'GitHub OAuth token'),
  gitHub('u', 'GitHub App user token'),
  gitHub('s', 'GitHub App server token'),
  gitHub('r', 'GitHub App refresh token'),
  prefixed('github-fine-grained', {
    family: 'code-host',
    provider: 'GitHub',
    title: 'GitHub fine-grained access token',
    prefix: 'github_pat_',
    body: '[A-Za-z0-9]{22}_[A-Za-z0-9]{59}',
    bits: 4,
  }),
  prefixed('gitlab-token', {
    family: 'code-host',
    provider: 'GitLab',
    title: 'GitLab access token',
    prefix: 'glpat-',
    body: '(?:[A-Za-z0-9_-]{20}|[A-Za-z0-9_-]{27,300}\\.[0-9a-z]{2}[0-9a-z]{7})',
    stop: 'A-Za-z0-9_-',
    bits: 3.2,
    mixed: true,
  }),
  prefixed('gitlab-deploy-token', {
    family: 'code-host',
    provider: 'GitLab',
    title: 'GitLab deploy token',
    prefix: 'gldt-',
    body: '[A-Za-z0-9_-]{20}',
    stop: 'A-Za-z0-9_-',
    bits: 3.2,
    mixed: true,
  }),
  prefixed('pypi-token', {
    family: 'package-index',
    provider: 'PyPI',
    title: 'PyPI upload token',
    prefix: 'pypi-AgEIcHlwaS5vcmc',
    body: '[A-Za-z0-9_-]{50,300}',
    stop: 'A-Za-z0-9_-',
    bits: 4,
  }),
  prefixed('test-pypi-token', {
    family: 'package-index',
    provider: 'TestPyPI',
    title: 'TestPyPI upload token',
    prefix: 'pypi-AgENdGVzdC5weXBpLm9yZw',
    body: '[A-Za-z0-9_-]{50,300}',
    stop: 'A-Za-z0-9_-',
    bits: 4,
  }),
  prefixed('npm-token', {
    family: 'package-index',
    provider: 'npm',
    title: 'npm access token',
    prefix: 'npm_',
    body: '[A-Za-z0-9]{36}',
    bits: 3.5,
    mixed: true,
  }),
  prefixed('docker-token', {
    family: 'package-index',
    provider: 'Docker',
    title: 'Docker access token',
    prefix: 'dckr_pat_',
    body: '[A-Za-z0-9_-]{27}',
    stop: 'A-Za-z0-9_-',
    bits: 3.3,
    mixed: true,
  }),
];
