import type { Range } from '../../base/range.js';
import { type ConfigEntry, config, defineRule, edit } from '../../engine/index.js';
import { isSecretName, looksLikeSecretValue } from '../../knowledge/secrets/index.js';

/** `${oc.env:NAME,default}`; defaults with interpolations of their own are not known. */
const LOOKUP = /\$\{oc\.env:\s*([A-Za-z_]\w*)\s*(,([^{}$]*))\}/g;

export default defineRule({
  summary: 'A secret that is read from the environment has a literal default.',
  stages: ['training', 'data-collection', 'deployment'],
  severity: 'warning',
  confidence: 'high',
  since: '0.1.0',
  references: [
    'CWE-798',
    'CWE-1188',
    'OWASP-A07:2021',
    'AML.T0055',
    'https://omegaconf.readthedocs.io/en/latest/custom_resolvers.html#oc-env',
  ],
  docs: {
    why: 'The default of `${oc.env:DB_PASSWORD,…}` is the password, written in a file that everybody with a clone reads. Hydra also copies it into `.hydra/config.yaml` of each run, and a job that lost its variable goes on with it in silence.',
    instead:
      'Change the value and drop the default: `${oc.env:DB_PASSWORD}` stops the program with the name of the variable that is missing.',
    fixSafety: 'Programs that run without the variable today stop with an error, so the fix is offered for review.',
    limits:
      'The name of the variable or the key has to mean a secret, and the default has to look like one, of six characters at least. Other resolvers, placeholders, `null` and `???` are not judged.',
    ignoreWhen: 'The default opens a database that lives on the developer’s machine alone.',
  },
  messages: {
    literal: 'The default of `{name}` is a literal secret in this file; change it and drop the default',
  },
  words: ['oc.env:'],
  skipsTests: true,
  query: config.entries('any', '**'),
  check(entry: ConfigEntry, { report, text }) {
    if (typeof entry.value !== 'string' || !entry.value.includes('oc.env:')) return;
    const written = text.slice(entry.valueRange.start, entry.valueRange.end);
    for (const match of written.matchAll(LOOKUP)) {
      const [whole, name, tail] = match;
      const value = match[3]!.trim();
      const plain = value.replace(/^(\\?["'])(.*)\1$/, '$2');
      if (!isSecretName(name!) && (whole !== entry.value || !isSecretName(entry.key ?? ''))) continue;
      if (/^(?:null|\?+)$/.test(plain) || !looksLikeSecretValue(plain)) continue;
      const end = entry.valueRange.start + match.index + whole.length - 1;
      const place: Range = { start: end - tail!.length, end };
      const start = text.indexOf(value, place.start + 1);
      report({ start, end: start + value.length }, 'literal', { name: name!.slice(0, 40) }).fix(
        `Drop the default of \`${name!.slice(0, 40)}\``,
        'review',
        edit.replace(place, ''),
        'the program stops without the variable',
      );
    }
  },
  examples: [
    {
      path: 'conf/db.yaml',
      bad: 'db:\n  user: ${oc.env:DB_USER,etl}\n  password: ${oc.env:DB_PASSWORD,«G831qkKWTZ7navgwdAjQD1»} # reader\n',
      message: 'literal',
      good: 'db:\n  user: ${oc.env:DB_USER,etl}\n  password: ${oc.env:DB_PASSWORD} # reader\n',
    },
    {
      path: 'conf/db.yaml',
      bad: 'db: {url: "postgresql://etl:${oc.env:PGPASSWORD, «v7bNzgCoq5lEvXrC»}@db/risk"}\n',
      message: 'literal',
      good: 'db: {url: "postgresql://etl:${oc.env:PGPASSWORD}@db/risk"}\n',
    },
    {
      path: 'conf/db.yaml',
      good: 'password: ${oc.env:DB_PASSWORD}\ntoken: ${oc.env:API_TOKEN,null}\nkey: ${oc.env:API_KEY,???}\n',
      because: 'no default, or none that is a value',
    },
    {
      path: 'conf/db.yaml',
      good: 'password: ${oc.env:DB_PASSWORD,${db.fallback}}\n',
      because: 'the default is not known',
    },
    {
      path: 'conf/db.yaml',
      good: 'password: ${oc.env:DB_PASSWORD,change-me}\nhost: ${oc.env:DB_HOST,db.example.org}\nlimit: ${oc.env:MAX_TOKENS,4096}\n',
      because: 'a placeholder, an address and a number',
    },
  ],
});
