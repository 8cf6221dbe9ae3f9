import { hasGitHubChecksum } from './checksum.js';
import { isPlaceholder } from './placeholder.js';
import { entropy, looksLikeWords } from './randomness.js';

export type SecretFamily =
  | 'hugging-face'
  | 'aws'
  | 'google'
  | 'azure'
  | 'llm'
  | 'tracking'
  | 'code-host'
  | 'package-index'
  | 'messaging'
  | 'payment'
  | 'infrastructure'
  | 'private-key';

/** One kind of credential with a shape of its own. */
export interface SecretFormat {
  readonly id: string;
  readonly family: SecretFamily;
  /** Who issues it. */
  readonly provider: string;
  /** Words for messages: "Hugging Face access token". */
  readonly title: string;
  /** Public beginning, safe to show; empty when every character is secret. */
  readonly prefix: string;
  /** The shape alone says nothing: it counts only behind a name such as `WANDB_API_KEY =`. */
  readonly needsContext: boolean;
  /**
   * Literal texts to look for. Without context they are in the secret, `anchorOffset` characters behind its start, with their
   * case; with context they are the name in front of it, in lower case, any case in the text.
   */
  readonly anchors: readonly string[];
  readonly anchorOffset: number;
  /** With context: what may stand between the name and the secret. Sticky. */
  readonly bridge?: RegExp;
  /** The whole secret. Sticky, bounded repetitions only. */
  readonly pattern: RegExp;
  /** Checks on a match of `pattern`: checksum, entropy, placeholders. */
  readonly isValid: (value: string) => boolean;
}

interface Shape {
  readonly family: SecretFamily;
  readonly provider: string;
  readonly title: string;
  /** Beginning that is matched literally and shown. */
  readonly prefix: string;
  /** Source of the expression behind the prefix. */
  readonly body: string;
  /** Characters that must not follow; default: word characters. */
  readonly stop?: string;
  /** Least entropy of the body in bits per character. */
  readonly bits: number;
  /** The alphabet mixes cases, so that readable words are no secret. */
  readonly mixed?: boolean;
  readonly check?: (body: string) => boolean;
}

const escapeRegExp = (text: string): string => text.replace(/[.*+?^${}()|[\]\\/-]/g, '\\$&');

function isRandomBody(body: string, bits: number, mixed: boolean): boolean {
  return !isPlaceholder(body) && entropy(body) >= bits && !(mixed && looksLikeWords(body));
}

function prefixed(id: string, shape: Shape): SecretFormat {
  const { family, provider, title, prefix, bits, mixed = false, check } = shape;
  return {
    id,
    family,
    provider,
    title,
    prefix,
    needsContext: false,
    anchors: [prefix],
    anchorOffset: 0,
    pattern: new RegExp(`${escapeRegExp(prefix)}${shape.body}(?![${shape.stop ?? 'A-Za-z0-9_'}])`, 'y'),
    isValid: (value) => {
      const body = value.slice(prefix.length);
      return isRandomBody(body, bits, mixed) && (check?.(body) ?? true);
    },
  };
}

/** `"name": "`, `name="`, `name = `, `['name'] = '`, `--name `, with the quotes of a JSON-escaped notebook. */
const assignment = /["'`\\\])]{0,6}[ \t]{0,8}(?:=>|:=|=|:|,|[ \t])[ \t]{0,8}\\?["'`]?/y;

interface Named {
  readonly family: SecretFamily;
  readonly provider: string;
  readonly title: string;
  readonly names: readonly string[];
  readonly body: string;
  readonly stop: string;
  readonly bits: number;
  readonly bridge?: RegExp;
}

function named(id: string, shape: Named): SecretFormat {
  const { family, provider, title, names, bits } = shape;
  return {
    id,
    family,
    provider,
    title,
    prefix: '',
    needsContext: true,
    anchors: names,
    anchorOffset: 0,
    bridge: shape.bridge ?? assignment,
    pattern: new RegExp(`${shape.body}(?![${shape.stop}])`, 'y'),
    isValid: (value) => isRandomBody(value, bits, false),
  };
}

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

const privateKey: SecretFormat = {
  id: 'private-key-pem',
  family: 'private-key',
  provider: 'PEM',
  title: 'private key',
  prefix: '-----BEGIN',
  needsContext: false,
  anchors: ['-----BEGIN '],
  anchorOffset: 0,
  // The body holds no hyphen, so a match never runs past the next header. Encrypted keys announce themselves in the label.
  pattern:
    /-----BEGIN (?:(?:RSA|EC|DSA|OPENSSH|PGP) )?PRIVATE KEY(?: BLOCK)?-----[^-]{64,16384}-----END (?:(?:RSA|EC|DSA|OPENSSH|PGP) )?PRIVATE KEY(?: BLOCK)?-----/y,
  isValid: (value) => {
    const body = value
      .slice(value.indexOf('-----', 5) + 5, value.lastIndexOf('-----END'))
      .replace(/\\[rn]|[^A-Za-z0-9+/]/g, '');
    return body.length >= 60 && entropy(body) >= 3.5 && !/x{8,}|(.)\1{15,}/i.test(body.replace(/A{8,}/g, ''));
  },
};

const azureAd: SecretFormat = {
  id: 'azure-ad-client-secret',
  family: 'azure',
  provider: 'Microsoft Entra ID',
  title: 'Microsoft Entra client secret',
  prefix: '',
  needsContext: false,
  anchors: ['Q~'],
  anchorOffset: 4,
  pattern: /[A-Za-z0-9_~.]{3}\dQ~[A-Za-z0-9_~.-]{31,34}(?![A-Za-z0-9_~.-])/y,
  isValid: (value) => isRandomBody(value, 3.5, true),
};

/**
 * Credential formats whose shape the provider documents or whose tokens have one fixed shape in practice. Lengths and
 * alphabets: GitHub, GitLab, AWS, Google, Slack, Stripe, npm, PyPI, Hugging Face, Databricks, OpenAI and Anthropic
 * documentation, and the partner patterns of GitHub secret scanning,
 * https://docs.github.com/code-security/secret-scanning/introduction/supported-secret-scanning-patterns.
 */
export const secretFormats: readonly SecretFormat[] = [
  prefixed('huggingface-token', {
    family: 'hugging-face',
    provider: 'Hugging Face',
    title: 'Hugging Face access token',
    prefix: 'hf_',
    body: '[A-Za-z0-9]{34}',
    bits: 3.5,
    mixed: true,
  }),
  prefixed('huggingface-org-token', {
    family: 'hugging-face',
    provider: 'Hugging Face',
    title: 'Hugging Face organisation token',
    prefix: 'api_org_',
    body: '[A-Za-z0-9]{34}',
    bits: 3.5,
    mixed: true,
  }),
  prefixed('aws-access-key-id', {
    family: 'aws',
    provider: 'AWS',
    title: 'AWS access key id',
    prefix: 'AKIA',
    body: '[A-Z2-7]{16}',
    bits: 2.8,
    check: (body) => !/EXAMPLE|^(?:IOSFODNN7|I44QH8DHB)/.test(body) && /[2-7]/.test(body),
  }),
  prefixed('aws-session-key-id', {
    family: 'aws',
    provider: 'AWS',
    title: 'AWS temporary access key id',
    prefix: 'ASIA',
    body: '[A-Z2-7]{16}',
    bits: 2.8,
    check: (body) => !/EXAMPLE|^(?:IOSFODNN7|I44QH8DHB)/.test(body) && /[2-7]/.test(body),
  }),
  named('aws-secret-access-key', {
    family: 'aws',
    provider: 'AWS',
    title: 'AWS secret access key',
    names: [
      'secret_access_key',
      'secretaccesskey',
      'secret_key',
      'secret-access-key',
      'fs.s3a.secret.key',
      'aws_secret',
    ],
    body: '[A-Za-z0-9/+]{40}',
    stop: 'A-Za-z0-9/+=',
    bits: 3.9,
  }),
  prefixed('google-api-key', {
    family: 'google',
    provider: 'Google',
    title: 'Google API key',
    prefix: 'AIza',
    body: '[A-Za-z0-9_-]{35}',
    stop: 'A-Za-z0-9_-',
    bits: 3.5,
    mixed: true,
  }),
  prefixed('google-oauth-secret', {
    family: 'google',
    provider: 'Google',
    title: 'Google OAuth client secret',
    prefix: 'GOCSPX-',
    body: '[A-Za-z0-9_-]{28}',
    stop: 'A-Za-z0-9_-',
    bits: 3.3,
    mixed: true,
  }),
  named('azure-storage-key', {
    family: 'azure',
    provider: 'Azure',
    title: 'Azure storage account key',
    names: ['accountkey', 'account_key', 'storage_key', 'storage_account_key'],
    body: '[A-Za-z0-9/+]{86}==',
    stop: 'A-Za-z0-9/+=',
    bits: 4.5,
  }),
  named('azure-shared-access-key', {
    family: 'azure',
    provider: 'Azure',
    title: 'Azure shared access key',
    names: ['sharedaccesskey'],
    body: '[A-Za-z0-9/+]{43}=',
    stop: 'A-Za-z0-9/+=',
    bits: 4,
    bridge: /\s{0,4}=/y,
  }),
  named('azure-sas-signature', {
    family: 'azure',
    provider: 'Azure',
    title: 'Azure shared access signature',
    names: ['?sig', '&sig'],
    body: '(?:[A-Za-z0-9/+]|%2[BbFf]){43}(?:%3[Dd]|=)',
    stop: 'A-Za-z0-9/+',
    bits: 4,
    bridge: /=/y,
  }),
  azureAd,
  prefixed('openai-project-key', {
    family: 'llm',
    provider: 'OpenAI',
    title: 'OpenAI API key',
    prefix: 'sk-proj-',
    body: '[A-Za-z0-9_-]{40,200}',
    stop: 'A-Za-z0-9_-',
    bits: 4,
    mixed: true,
  }),
  prefixed('openai-service-key', {
    family: 'llm',
    provider: 'OpenAI',
    title: 'OpenAI service account key',
    prefix: 'sk-svcacct-',
    body: '[A-Za-z0-9_-]{40,200}',
    stop: 'A-Za-z0-9_-',
    bits: 4,
    mixed: true,
  }),
  prefixed('openai-admin-key', {
    family: 'llm',
    provider: 'OpenAI',
    title: 'OpenAI admin key',
    prefix: 'sk-admin-',
    body: '[A-Za-z0-9_-]{40,200}',
    stop: 'A-Za-z0-9_-',
    bits: 4,
    mixed: true,
  }),
  prefixed('anthropic-key', {
    family: 'llm',
    provider: 'Anthropic',
    title: 'Anthropic API key',
    prefix: 'sk-ant-',
    body: '[a-z]{3,5}\\d{2}-[A-Za-z0-9_-]{80,120}',
    stop: 'A-Za-z0-9_-',
    bits: 4,
    mixed: true,
  }),
  prefixed('openrouter-key', {
    family: 'llm',
    provider: 'OpenRouter',
    title: 'OpenRouter API key',
    prefix: 'sk-or-v1-',
    body: '[0-9a-f]{64}',
    bits: 3,
  }),
  prefixed('openai-key', {
    family: 'llm',
    provider: 'OpenAI',
    title: 'OpenAI or compatible API key',
    prefix: 'sk-',
    body: '(?:[A-Za-z0-9]{48}|[A-Za-z0-9]{20}T3BlbkFJ[A-Za-z0-9]{20}|[0-9a-f]{32})',
    stop: 'A-Za-z0-9_-',
    bits: 3,
    mixed: true,
  }),
  prefixed('groq-key', {
    family: 'llm',
    provider: 'Groq',
    title: 'Groq API key',
    prefix: 'gsk_',
    body: '[A-Za-z0-9]{52}',
    bits: 4,
    mixed: true,
  }),
  prefixed('replicate-token', {
    family: 'llm',
    provider: 'Replicate',
    title: 'Replicate API token',
    prefix: 'r8_',
    body: '[A-Za-z0-9]{37}',
    bits: 3.5,
    mixed: true,
  }),
  prefixed('perplexity-key', {
    family: 'llm',
    provider: 'Perplexity',
    title: 'Perplexity API key',
    prefix: 'pplx-',
    body: '[A-Za-z0-9]{48}',
    bits: 3.5,
  }),
  prefixed('xai-key', {
    family: 'llm',
    provider: 'xAI',
    title: 'xAI API key',
    prefix: 'xai-',
    body: '[A-Za-z0-9]{80}',
    bits: 4,
    mixed: true,
  }),
  prefixed('nvidia-key', {
    family: 'llm',
    provider: 'NVIDIA',
    title: 'NVIDIA API key',
    prefix: 'nvapi-',
    body: '[A-Za-z0-9_-]{64}',
    stop: 'A-Za-z0-9_-',
    bits: 4,
    mixed: true,
  }),
  prefixed('langsmith-key', {
    family: 'llm',
    provider: 'LangSmith',
    title: 'LangSmith API key',
    prefix: 'lsv2_',
    body: '(?:pt|sk)_[0-9a-f]{32}_[0-9a-f]{10}',
    bits: 3,
  }),
  named('cohere-key', {
    family: 'llm',
    provider: 'Cohere',
    title: 'Cohere API key',
    names: ['cohere_api_key', 'co_api_key', 'cohere.client', 'cohere_key'],
    body: '[A-Za-z0-9]{40}',
    stop: 'A-Za-z0-9_',
    bits: 3.9,
    bridge: /(?:v2)?(?:\(\s{0,8}(?:api_key\s{0,4}=\s{0,4})?|["'\\\])]{0,4}[ \t]{0,8}[=:,][ \t]{0,8})\\?["'`]?/iy,
  }),
  named('mistral-key', {
    family: 'llm',
    provider: 'Mistral',
    title: 'Mistral API key',
    names: ['mistral_api_key'],
    body: '[A-Za-z0-9]{32}',
    stop: 'A-Za-z0-9_',
    bits: 3.7,
  }),
  named('together-key', {
    family: 'llm',
    provider: 'Together',
    title: 'Together API key',
    names: ['together_api_key'],
    body: '[0-9a-f]{64}',
    stop: 'A-Za-z0-9_',
    bits: 3.3,
  }),
  named('wandb-key', {
    family: 'tracking',
    provider: 'Weights & Biases',
    title: 'Weights & Biases API key',
    names: ['wandb_api_key', 'wandb_key', 'wandb.login', 'wandb login', 'api.wandb.ai'],
    body: '[0-9a-f]{40}',
    stop: 'A-Za-z0-9_',
    bits: 3,
    bridge:
      /(?:\((?:[^()\n]{0,60}?\bkey\s{0,4}=)?\s{0,8}|\s{1,8}login\s{1,8}\w{1,32}\s{1,8}password\s{1,8}|["'\\\])]{0,6}[ \t]{0,8}[=:, \t][ \t]{0,8})\\?["'`]?/y,
  }),
  named('kaggle-key', {
    family: 'tracking',
    provider: 'Kaggle',
    title: 'Kaggle API key',
    names: ['kaggle_key', '"username"', '\\"username\\"'],
    body: '[0-9a-f]{32}',
    stop: 'A-Za-z0-9_',
    bits: 3,
    bridge:
      /(?:["'\\\])]{0,4}[ \t]{0,8}[=:,][ \t]{0,8}|\s{0,4}:\s{0,4}\\?"[^"\n]{1,64}"\s{0,8},\s{0,8}\\?"key\\?"\s{0,4}:\s{0,4})\\?["'`]?/y,
  }),
  prefixed('neptune-token', {
    family: 'tracking',
    provider: 'Neptune',
    title: 'Neptune API token',
    prefix: 'eyJhcGlfYWRkcmVzcyI6',
    body: '[A-Za-z0-9+/_-]{60,600}={0,2}',
    stop: 'A-Za-z0-9+/=',
    bits: 4,
  }),
  prefixed('databricks-token', {
    family: 'tracking',
    provider: 'Databricks',
    title: 'Databricks access token',
    prefix: 'dapi',
    body: '[0-9a-f]{32}(?:-\\d)?',
    bits: 3,
  }),
  prefixed('prefect-key', {
    family: 'tracking',
    provider: 'Prefect',
    title: 'Prefect API key',
    prefix: 'pnu_',
    body: '[A-Za-z0-9]{36}',
    bits: 3.5,
    mixed: true,
  }),
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
  prefixed('slack-bot-token', {
    family: 'messaging',
    provider: 'Slack',
    title: 'Slack bot token',
    prefix: 'xoxb-',
    body: '\\d{8,14}-[A-Za-z0-9-]{18,80}',
    stop: 'A-Za-z0-9-',
    bits: 3,
  }),
  prefixed('slack-user-token', {
    family: 'messaging',
    provider: 'Slack',
    title: 'Slack user token',
    prefix: 'xoxp-',
    body: '\\d{8,14}-[A-Za-z0-9-]{18,120}',
    stop: 'A-Za-z0-9-',
    bits: 3,
  }),
  prefixed('slack-workspace-token', {
    family: 'messaging',
    provider: 'Slack',
    title: 'Slack workspace token',
    prefix: 'xoxa-',
    body: '(?:2-)?\\d{8,14}-[A-Za-z0-9-]{18,120}',
    stop: 'A-Za-z0-9-',
    bits: 3,
  }),
  prefixed('slack-refresh-token', {
    family: 'messaging',
    provider: 'Slack',
    title: 'Slack refresh token',
    prefix: 'xoxr-',
    body: '(?:2-)?\\d{8,14}-[A-Za-z0-9-]{18,120}',
    stop: 'A-Za-z0-9-',
    bits: 3,
  }),
  prefixed('slack-webhook', {
    family: 'messaging',
    provider: 'Slack',
    title: 'Slack webhook address',
    prefix: 'https://hooks.slack.com/services/',
    body: 'T[A-Z0-9]{8,12}/B[A-Z0-9]{8,12}/[A-Za-z0-9]{24}',
    bits: 3.5,
  }),
  prefixed('sendgrid-key', {
    family: 'messaging',
    provider: 'SendGrid',
    title: 'SendGrid API key',
    prefix: 'SG.',
    body: '[A-Za-z0-9_-]{22}\\.[A-Za-z0-9_-]{43}',
    stop: 'A-Za-z0-9_-',
    bits: 4,
    mixed: true,
  }),
  prefixed('stripe-secret-key', {
    family: 'payment',
    provider: 'Stripe',
    title: 'Stripe live secret key',
    prefix: 'sk_live_',
    body: '[A-Za-z0-9]{24,247}',
    bits: 3.3,
    mixed: true,
  }),
  prefixed('stripe-restricted-key', {
    family: 'payment',
    provider: 'Stripe',
    title: 'Stripe live restricted key',
    prefix: 'rk_live_',
    body: '[A-Za-z0-9]{24,247}',
    bits: 3.3,
    mixed: true,
  }),
  prefixed('vault-token', {
    family: 'infrastructure',
    provider: 'HashiCorp Vault',
    title: 'Vault service token',
    prefix: 'hvs.',
    body: '[A-Za-z0-9_-]{24,300}',
    stop: 'A-Za-z0-9_-',
    bits: 3.3,
    mixed: true,
  }),
  prefixed('digitalocean-token', {
    family: 'infrastructure',
    provider: 'DigitalOcean',
    title: 'DigitalOcean access token',
    prefix: 'dop_v1_',
    body: '[0-9a-f]{64}',
    bits: 3,
  }),
  prefixed('grafana-token', {
    family: 'infrastructure',
    provider: 'Grafana',
    title: 'Grafana service account token',
    prefix: 'glsa_',
    body: '[A-Za-z0-9]{32}_[0-9a-f]{8}',
    bits: 3.5,
    mixed: true,
  }),
  privateKey,
];
