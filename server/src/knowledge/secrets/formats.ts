import type { SecretFormat } from './format.js';
import { cloudFormats } from './formats/cloud.js';
import { developmentFormats } from './formats/development.js';
import { modelServiceFormats } from './formats/model-services.js';
import { serviceFormats } from './formats/services.js';
import { trackingFormats } from './formats/tracking.js';

/**
 * Credential formats whose shape the provider documents or whose tokens have one fixed shape in practice. Lengths and
 * alphabets: GitHub, GitLab, AWS, Google, Slack, Stripe, npm, PyPI, Hugging Face, Databricks, OpenAI and Anthropic
 * documentation, and the partner patterns of GitHub secret scanning,
 * https://docs.github.com/code-security/secret-scanning/introduction/supported-secret-scanning-patterns.
 */
export const secretFormats: readonly SecretFormat[] = [
  ...modelServiceFormats,
  ...trackingFormats,
  ...cloudFormats,
  ...developmentFormats,
  ...serviceFormats,
];
