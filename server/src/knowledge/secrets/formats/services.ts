import { prefixed, type SecretFormat } from '../format.js';
import { entropy } from '../randomness.js';

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

/** Tokens of messaging, payment and infrastructure services, and private keys. */
export const serviceFormats: readonly SecretFormat[] = [
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
