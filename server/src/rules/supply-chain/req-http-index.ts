import type { Range } from '../../base/range.js';
import type { CommandFact, ConfigEntry, RuleContext, TextFact } from '../../engine/index.js';
import { config, defineRule, edit } from '../../engine/index.js';
import { isLocalHost, isPrivateHost, plainHttpHost } from '../../knowledge/http-clients.js';
import { isPublicIndex, isPyPI } from '../../knowledge/package-indexes.js';
import { INDEX_QUERIES, indexSettings } from './_index-settings.js';

const messages = {
  index: '`{option}` takes packages over plain HTTP, so anyone on the way can replace them; use `https://`',
  channel: 'The conda channel is read over plain HTTP, so anyone on the way can replace its packages; use `https://`',
} as const;
type Context = RuleContext<typeof messages>;

export default defineRule({
  summary: 'Packages come from an index over plain HTTP.',
  stages: ['data-collection', 'preprocessing', 'training', 'deployment'],
  severity: 'error',
  confidence: 'high',
  profile: 'essential',
  since: '0.1.0',
  references: [
    'CWE-319',
    'CWE-494',
    'OWASP-A02:2021',
    'OWASP-ML06:2023',
    'AML.T0010.001',
    'https://pip.pypa.io/en/stable/cli/pip_install/#cmdoption-trusted-host',
    'https://docs.astral.sh/uv/concepts/indexes/',
  ],
  docs: {
    why: 'Whoever controls a router, a proxy or the Wi-Fi of a conference answers in place of the index, with a `numpy` of their own. Its setup code runs on the training machine, next to the data and the keys of the model registry, and no log shows a difference.',
    instead: 'Use the `https://` address of the index, and remove the `--trusted-host` that goes with the old one.',
    fixSafety:
      'The public indexes answer over HTTPS, so the fix is safe for them. Any other server may not yet, so there it is offered for review, and not at all for addresses with a port.',
    limits:
      'Addresses in variables, loopback, service names and cluster names are silent; addresses of private networks are warnings. pip itself refuses such an index unless its host is trusted somewhere else.',
    ignoreWhen: 'The files are checked against hashes and the names of the packages are no secret.',
  },
  messages,
  words: ['http://'],
  query: [
    ...INDEX_QUERIES,
    config.entries(['pyproject'], 'tool.*.source.*.url'),
    config.entries(['pyproject'], 'tool.uv.index.*.url'),
    config.entries(['pyproject'], 'tool.uv.index-url'),
    config.entries(['pyproject'], 'tool.uv.extra-index-url.*'),
    config.entries(['uv-toml'], 'index.*.url'),
    config.entries(['uv-toml'], 'index-url'),
    config.entries(['uv-toml'], 'extra-index-url.*'),
    config.entries(['pipfile'], 'source.*.url'),
    config.entries(['conda', 'condarc'], 'channels.*'),
  ],
  check(fact: TextFact | CommandFact | ConfigEntry, context) {
    if (fact.kind === 'text' || fact.kind === 'command') {
      for (const { address, addressRange, written } of indexSettings(fact, context))
        judge(address, addressRange, written, context);
    } else if (typeof fact.value === 'string' && fact.alias === undefined) {
      const { start, end } = fact.valueRange;
      const quoted = /^["']/.test(context.text[start] ?? '') ? 1 : 0;
      const named = fact.key ?? fact.parent?.key ?? 'index';
      const channel = fact.parent?.key === 'channels';
      judge(fact.value, { start: start + quoted, end: end - quoted }, channel ? undefined : named, context);
    }
  },
  examples: [
    {
      path: 'requirements.txt',
      bad: '--index-url «http://pypi.example.com/simple»\nscorer==1.4\n',
      message: 'index',
      good: '--index-url https://pypi.example.com/simple\nscorer==1.4\n',
    },
    {
      path: 'Dockerfile',
      bad: 'FROM python:3.11-slim\nRUN pip install -i «http://mirrors.aliyun.com/pypi/simple/» --trusted-host mirrors.aliyun.com torch==2.7.1\n',
      message: 'index',
      good: 'FROM python:3.11-slim\nRUN pip install -i https://mirrors.aliyun.com/pypi/simple/ --trusted-host mirrors.aliyun.com torch==2.7.1\n',
    },
    {
      path: 'pyproject.toml',
      bad: '[[tool.uv.index]]\nname = "bank"\nurl = "«http://pypi.example.com/simple»"\n',
      message: 'index',
      good: '[[tool.uv.index]]\nname = "bank"\nurl = "https://pypi.example.com/simple"\n',
    },
    {
      path: 'Pipfile',
      bad: '[[source]]\nurl = "«http://pypi.example.com:8080/simple»"\nverify_ssl = true\nname = "bank"\n',
      message: 'index',
    },
    {
      path: 'environment.yml',
      bad: 'channels:\n  - «http://conda.example.com/ml»\ndependencies:\n  - numpy=2.3.5\n',
      message: 'channel',
      good: 'channels:\n  - https://conda.example.com/ml\ndependencies:\n  - numpy=2.3.5\n',
    },
    { path: 'requirements.txt', good: '-i http://localhost:3141/root/pypi\nscorer==1.4\n', because: 'this machine' },
    {
      path: 'Dockerfile',
      good: 'FROM python:3.11-slim\nENV PIP_INDEX_URL=http://devpi:3141/root/pypi\n',
      because: 'a service of the same network of containers',
    },
    {
      path: 'pyproject.toml',
      good: '[project]\nname = "job"\n\n[project.urls]\nHomepage = "http://job.example.com"\n',
      because: 'an address that nothing is installed from',
    },
    {
      path: 'requirements.txt',
      good: '# was --index-url http://pypi.example.com/simple\n--index-url https://pypi.example.com/simple\n',
      because: 'a comment',
    },
  ],
});

/** `name` is how the setting is called; undefined for a conda channel. */
function judge(address: string, range: Range, name: string | undefined, context: Context): void {
  const host = plainHttpHost(address, true);
  if (host === undefined || !/^[\w.[\]:-]+$/.test(host) || isLocalHost(host)) return;
  const finding =
    name === undefined
      ? context.report(range, 'channel')
      : context.report(range, 'index', { option: name.slice(0, 30) });
  if (isPrivateHost(host)) finding.severity('warning');
  const hasPort = /^http:\/\/(?:[^/@]*@)?[^/]*:\d+(?:\/|$)/i.test(address);
  if (hasPort || !/^http:\/\//i.test(context.text.slice(range.start, range.end))) return;
  const edits = edit.replace({ start: range.start, end: range.start + 4 }, 'https');
  if (isPyPI(address) || isPublicIndex(address.replace(/^http:/i, 'https:')))
    finding.fix('Use `https://`', 'safe', edits);
  else finding.fix('Use `https://`', 'review', edits, 'the server has to answer over TLS');
}
