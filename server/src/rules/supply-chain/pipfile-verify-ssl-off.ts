import { type ConfigEntry, child, config, defineRule, edit, text as textOf } from '../../engine/index.js';
import { hostOf, isLoopback } from '../../knowledge/bind-addresses.js';
import { isLocalHost, isPrivateHost } from '../../knowledge/http-clients.js';
import { isPublicIndex, isPyPI } from '../../knowledge/package-indexes.js';

export default defineRule({
  summary: 'Packages come from an index whose certificate is not checked.',
  stages: ['data-collection', 'training', 'deployment'],
  severity: 'error',
  confidence: 'high',
  profile: 'essential',
  since: '0.1.0',
  references: [
    'CWE-295',
    'OWASP-A02:2021',
    'OWASP-ML06:2023',
    'AML.T0010.001',
    'https://pipenv.pypa.io/en/latest/indexes.html',
    'https://pdm-project.org/en/latest/usage/config/',
  ],
  docs: {
    why: 'Pipenv hands the host to pip as trusted: any proxy or access point on the way can answer for it. A locked hash would still be noticed, but `pipenv lock` records the hash of whatever came, and from then on the forged package is the right one for every training run.',
    instead:
      'Write `verify_ssl = true`, and give pip the certificate of your company with `PIP_CERT` or `REQUESTS_CA_BUNDLE`.',
    fixSafety:
      'PyPI and the public indexes have valid certificates, so the fix is safe for them; any other host is refused if it has none, so there it is offered for review.',
    limits: 'Loopback addresses are silent; service names and hosts of private networks are warnings.',
    ignoreWhen: 'The index is reached through a tunnel that is encrypted itself.',
  },
  messages: {
    off: '`verify_ssl = false` takes packages from anyone who answers for `{host}`; check its certificate',
  },
  words: ['verify_ssl'],
  query: [
    config.entries(['pipfile'], 'source.*.verify_ssl'),
    config.entries(['pyproject'], 'tool.pdm.source.*.verify_ssl'),
  ],
  check(entry: ConfigEntry, { report }) {
    if (entry.value !== false) return;
    const url = textOf(child(entry.parent, 'url')) ?? '';
    const host = hostOf(url.replace(/^(\w+:\/\/)[^/@]*@/, '$1'));
    if (host === '' || isLoopback(host)) return;
    const shown = /[${}]/.test(host) ? 'the index' : host.slice(0, 40);
    const finding = report(entry.valueRange, 'off', { host: shown });
    if (isLocalHost(host) || isPrivateHost(host)) finding.severity('warning');
    const edits = edit.replace(entry.valueRange, 'true');
    if (isPyPI(url) || isPublicIndex(url)) finding.fix('Check the certificate', 'safe', edits);
    else finding.fix('Check the certificate', 'review', edits, 'a host without a valid certificate is refused');
  },
  examples: [
    {
      path: 'Pipfile',
      bad: '[[source]]\nurl = "https://pypi.org/simple"\nverify_ssl = «false»  # proxy\nname = "pypi"\n',
      message: 'off',
      good: '[[source]]\nurl = "https://pypi.org/simple"\nverify_ssl = true  # proxy\nname = "pypi"\n',
    },
    {
      path: 'pyproject.toml',
      bad: '[[tool.pdm.source]]\nname = "bank"\nurl = "https://pypi.example.com/simple"\nverify_ssl = «false»\n',
      message: 'off',
      good: '[[tool.pdm.source]]\nname = "bank"\nurl = "https://pypi.example.com/simple"\nverify_ssl = true\n',
    },
    {
      path: 'Pipfile',
      good: '[[source]]\nurl = "https://pypi.org/simple"\nverify_ssl = true\nname = "pypi"\n',
      because: 'the certificate is checked',
    },
    {
      path: 'Pipfile',
      good: '[[source]]\nurl = "https://localhost:3141/root/pypi"\nverify_ssl = false\nname = "devpi"\n',
      because: 'this machine',
    },
    {
      path: 'pyproject.toml',
      good: '[tool.job.source]\nurl = "https://pypi.example.com/simple"\nverify_ssl = false\n',
      because: 'a setting of another tool',
    },
  ],
});
