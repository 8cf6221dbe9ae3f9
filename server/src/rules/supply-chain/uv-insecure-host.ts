import type { Range, TextEdit } from '../../base/range.js';
import {
  type CommandFact,
  type ConfigEntry,
  commands,
  config,
  defineRule,
  edit,
  installCommand,
  items,
  type RuleContext,
  type TextFact,
  text as textOf,
  texts,
} from '../../engine/index.js';
import { hostOf, isLoopback } from '../../knowledge/bind-addresses.js';
import { isLocalHost, isPrivateHost } from '../../knowledge/http-clients.js';
import { isPublicIndex, isPyPI } from '../../knowledge/package-indexes.js';

const UNSAFE = /^unsafe-(?:best|first)-match$/;

const messages = {
  insecure: 'The certificate of `{host}` is not checked, so anyone on the way can replace its packages; remove this',
  strategy: '`{strategy}` lets PyPI answer for the names of a private index; use the default, `first-index`',
} as const;
type Context = RuleContext<typeof messages>;

export default defineRule({
  summary: 'Packages come through uv from a host it does not check, or from any index that has the name.',
  stages: ['data-collection', 'training', 'deployment'],
  severity: 'error',
  confidence: 'high',
  profile: 'essential',
  since: '0.1.0',
  references: [
    'CWE-295',
    'CWE-427',
    'OWASP-A02:2021',
    'OWASP-ML06:2023',
    'AML.T0010.001',
    'https://docs.astral.sh/uv/reference/settings/#allow-insecure-host',
    'https://docs.astral.sh/uv/concepts/indexes/#searching-across-multiple-indexes',
  ],
  docs: {
    why: 'Without the check, any machine between the training node and the index can hand out a wheel of its own, and its code runs with the keys of the model registry. With an unsafe strategy the same is done from afar: a stranger publishes the name of your feature library on PyPI with a higher version.',
    instead:
      'Give uv the certificate of your company with `SSL_CERT_FILE` or `--system-certs`, keep `first-index`, and bind packages to their index with `tool.uv.sources` and `explicit = true`.',
    fixSafety:
      'A host without a valid certificate is refused afterwards, and other versions may be chosen, so the fixes are offered for review.',
    limits:
      'Loopback addresses and variables are silent; hosts of private networks are warnings. A strategy is a warning beside an index that is not public, a hint where no index is named, and silent beside public ones, as PyTorch’s.',
    ignoreWhen: 'The index stands on the same trusted network and has no certificate yet.',
  },
  messages,
  words: ['insecure-host', 'insecure_host', 'trusted-host', 'unsafe-best-match', 'unsafe-first-match'],
  query: [
    config.entries(['pyproject'], 'tool.uv.allow-insecure-host'),
    config.entries(['pyproject'], 'tool.uv.index-strategy'),
    config.entries(['pyproject'], 'tool.uv.pip.index-strategy'),
    config.entries(['uv-toml'], 'allow-insecure-host'),
    config.entries(['uv-toml'], 'index-strategy'),
    config.entries(['uv-toml'], 'pip.index-strategy'),
    commands.named('uv', 'pip', 'pip3'),
    texts.any(),
  ],
  check(fact: ConfigEntry | CommandFact | TextFact, context) {
    if (fact.kind === 'command') checkCommand(fact, context);
    else if (fact.kind === 'text') checkVariable(fact, context);
    else if (fact.key === 'index-strategy')
      strategy(textOf(fact) ?? '', fact.valueRange, context.text, lineOf(fact, context.text), context);
    else {
      const hosts = fact.kind === 'list' ? items(fact).map((item) => textOf(item) ?? '') : [textOf(fact) ?? ''];
      insecure(hosts, fact.valueRange, lineOf(fact, context.text), context);
    }
  },
  examples: [
    {
      path: 'pyproject.toml',
      bad: '[tool.uv]\nallow-insecure-host = «["pypi.example.com"]»\n\n[[tool.uv.index]]\nurl = "https://pypi.example.com/simple"\n',
      message: 'insecure',
      good: '[tool.uv]\n\n[[tool.uv.index]]\nurl = "https://pypi.example.com/simple"\n',
    },
    {
      path: 'Dockerfile',
      bad: 'FROM python:3.11-slim\nRUN uv pip install --system «--allow-insecure-host pypi.example.com» scorer==1.4\n',
      message: 'insecure',
      good: 'FROM python:3.11-slim\nRUN uv pip install --system scorer==1.4\n',
    },
    {
      path: 'uv.toml',
      bad: 'index-strategy = «"unsafe-best-match"»\n[[index]]\nurl = "https://pypi.example.com/simple"\n',
      message: 'strategy',
      good: '[[index]]\nurl = "https://pypi.example.com/simple"\n',
    },
    {
      path: 'pyproject.toml',
      good: '[tool.uv]\nindex-strategy = "unsafe-best-match"\n\n[[tool.uv.index]]\nurl = "https://download.pytorch.org/whl/cu126"\n',
      because: 'the index of PyTorch, with its packages only',
    },
    { path: 'uv.toml', good: 'allow-insecure-host = ["localhost:8080"]\n', because: 'this machine' },
    { path: 'uv.toml', good: 'index-strategy = "first-index"\n', because: 'the default' },
    {
      path: 'Dockerfile',
      good: 'FROM python:3.11-slim\nRUN uv pip install --allow-insecure-host "$INDEX_HOST" scorer==1.4\n',
      because: 'the host is set from outside',
    },
  ],
});

function checkCommand({ command }: CommandFact, context: Context): void {
  const install = installCommand(command);
  if (install?.tool !== 'uv') return;
  const urls = install.options
    .filter(({ name }) => /^(?:-i|--(?:extra-)?index-url|--(?:default-)?index)$/.test(name))
    .map(({ value }) => `url = "${value.replace(/^[\w.-]+=/, '')}"`);
  for (const { name, value, range } of install.options) {
    const shown = context.text.slice(range.start, range.end);
    const before = context.text[range.start - 1] === ' ' ? 1 : 0;
    const remove = shown.startsWith('--') ? edit.replace({ start: range.start - before, end: range.end }, '') : [];
    if (name === '--allow-insecure-host' || name === '--trusted-host') insecure([value], range, remove, context);
    if (name === '--index-strategy') strategy(value, range, urls.join('\n'), remove, context);
  }
}

function checkVariable({ name, text, range }: TextFact, context: Context): void {
  if (name === undefined || context.language === 'python' || context.language === 'notebook') return;
  const value = text.startsWith(`${name}=`) ? text.slice(name.length + 1) : text;
  if (name === 'UV_INSECURE_HOST') insecure(value.split(/[\s,]+/), range, [], context);
  if (name === 'UV_INDEX_STRATEGY') strategy(value, range, context.text, [], context);
}

function insecure(hosts: readonly string[], range: Range, remove: TextEdit[], context: Context): void {
  const open = hosts.filter((host) => host !== '' && !/[${}<>]/.test(host) && !isLoopback(hostOf(host)));
  const [first] = open;
  if (first === undefined) return;
  const finding = context.report(range, 'insecure', { host: hostOf(first).slice(0, 40) });
  if (open.every((host) => isLocalHost(hostOf(host)) || isPrivateHost(hostOf(host)))) finding.severity('warning');
  if (open.length < hosts.length || remove.length === 0) return;
  finding.fix('Check the certificate', 'review', remove, 'a host without a valid certificate is refused');
}

/** @param around text that names the indexes in use */
function strategy(value: string, range: Range, around: string, remove: TextEdit[], context: Context): void {
  if (!UNSAFE.test(value)) return;
  const urls = [...around.matchAll(/url\b["']?\s*[=:]\s*(?:\[\s*)?["']?(https?:\/\/[^\s"',\]]+)/gi)].map(
    (match) => match[1]!,
  );
  const isPrivate = urls.some((url) => !isPyPI(url) && !isPublicIndex(url) && !/[${}<>]/.test(url));
  if (urls.length > 0 && !isPrivate) return;
  const finding = context.report(range, 'strategy', { strategy: value }).severity(isPrivate ? 'warning' : 'hint');
  if (remove.length > 0)
    finding.fix('Use the default strategy', 'review', remove, 'a package may come in another version');
}

/** Edits that delete the lines of a setting that stands on lines of its own. */
function lineOf(entry: ConfigEntry, text: string): TextEdit[] {
  const start = text.lastIndexOf('\n', entry.range.start - 1) + 1;
  if (entry.parent?.flow === true || text.slice(start, entry.range.start).trim() !== '') return [];
  return edit.deleteLines(text, entry.range);
}
