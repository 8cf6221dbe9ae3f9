import { type ConfigEntry, child, config, defineRule, edit, text as textOf } from '../../engine/index.js';
import { hasKnownShape, looksLikeSecretValue } from '../../knowledge/secrets/index.js';

/** Certificates are public; a key id opens nothing by itself. */
const PUBLIC = /^(?:tlsCACert|tlsClientCert|accessKey)$/;

export default defineRule({
  summary: 'A data source of Grafana is provisioned with a literal secret.',
  stages: ['monitoring'],
  severity: 'error',
  confidence: 'high',
  since: '0.1.0',
  references: [
    'CWE-798',
    'OWASP-A07:2021',
    'AML.T0055',
    'https://grafana.com/docs/grafana/latest/administration/provisioning/#using-environment-variables',
    'https://grafana.com/docs/grafana/latest/administration/provisioning/#data-sources',
  ],
  docs: {
    why: 'The file that builds the drift dashboard is committed with the password of the prediction store. Everybody with a clone reads the features and scores of every customer, past the permissions that Grafana asks for.',
    instead:
      'Change the value and refer to it: `$POSTGRES_PASSWORD` for a variable of the Grafana process, or `$__file{/run/secrets/postgres}`.',
    fixSafety: 'Grafana needs the variable when it starts, so the fix is offered for review.',
    limits:
      'Everything in `secureJsonData` counts, except certificates and key ids, if it looks like a secret of six characters at least. Tokens of known shape and addresses with a password have rules of their own. Files inside a ConfigMap are texts and not read.',
    ignoreWhen: 'The data source holds nothing that a reader of the repository may not see.',
  },
  messages: {
    literal: '`{key}` of data source `{source}` is a literal secret; change it and refer to a variable or file',
  },
  words: ['securejsondata'],
  query: config.entries('any', '**.datasources.*.secureJsonData.*'),
  check(entry: ConfigEntry, { report, text }) {
    const value = textOf(entry);
    const key = entry.key ?? '';
    if (value === undefined || entry.alias !== undefined || entry.tag !== undefined || PUBLIC.test(key)) return;
    if (value.includes('$') || !looksLikeSecretValue(value) || hasKnownShape(key, value)) return;
    const source = textOf(child(entry.parent?.parent, 'name')) ?? 'grafana';
    const finding = report(entry.valueRange, 'literal', { key: key.slice(0, 24), source: source.slice(0, 20) });
    const variable = `${source} ${key.replace(/([a-z])([A-Z])/g, '$1_$2')}`
      .toUpperCase()
      .replace(/[^A-Z0-9]+/g, '_')
      .replace(/^[\d_]+|_$/g, '');
    if (entry.style === 'literal' || entry.style === 'folded') return;
    finding.fix(
      `Refer to \`$${variable}\``,
      'review',
      edit.setScalar(text, entry, `$${variable}`),
      'the variable has to be set for Grafana',
    );
  },
  examples: [
    {
      path: 'grafana/provisioning/datasources/predictions.yaml',
      bad: 'apiVersion: 1\ndatasources:\n  - name: Predictions\n    type: postgres\n    url: db:5432\n    secureJsonData:\n      password: «G831qkKWTZ7navgwdAjQD1» # reader\n',
      message: 'literal',
      good: 'apiVersion: 1\ndatasources:\n  - name: Predictions\n    type: postgres\n    url: db:5432\n    secureJsonData:\n      password: $PREDICTIONS_PASSWORD # reader\n',
    },
    {
      path: 'grafana/datasources.yml',
      bad: 'apiVersion: 1\ndatasources: [{name: Loki, type: loki, secureJsonData: {basicAuthPassword: «"dYKObZGCyPu3xxfBmU"»}}]\n',
      message: 'literal',
      good: 'apiVersion: 1\ndatasources: [{name: Loki, type: loki, secureJsonData: {basicAuthPassword: "$LOKI_BASIC_AUTH_PASSWORD"}}]\n',
    },
    {
      path: 'grafana/datasources.yml',
      good: 'apiVersion: 1\ndatasources:\n  - name: Predictions\n    secureJsonData:\n      password: $PREDICTIONS_PASSWORD\n',
      because: 'a variable',
    },
    {
      path: 'grafana/datasources.yml',
      good: 'apiVersion: 1\ndatasources:\n  - name: Predictions\n    secureJsonData:\n      password: $__file{/run/secrets/db}\n      tlsCACert: |\n        -----BEGIN CERTIFICATE-----\n        MIIB\n',
      because: 'a file, and a certificate',
    },
    {
      path: 'grafana/datasources.yml',
      good: 'apiVersion: 1\ndatasources:\n  - name: Predictions\n    secureJsonData:\n      password: <password>\n',
      because: 'a placeholder',
    },
  ],
});
