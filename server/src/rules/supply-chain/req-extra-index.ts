import type { CommandFact, RuleContext, TextFact } from '../../engine/index.js';
import { defineRule, edit } from '../../engine/index.js';
import { hostOf } from '../../knowledge/bind-addresses.js';
import { isPublicIndex, isPyPI } from '../../knowledge/package-indexes.js';
import { isForDevelopment } from '../_lock-files.js';
import { INDEX_QUERIES, INDEX_WORDS, type IndexSetting, indexSettings } from './_index-settings.js';

const messages = {
  mixed: '`{option}` mixes `{host}` with PyPI: pip takes the higher version, whoever published it; use one index',
  publicBeside: '`{option}` adds PyPI to `{host}`: pip takes the higher version, whoever published it; use one index',
} as const;
type Context = RuleContext<typeof messages>;

export default defineRule({
  summary: 'Packages are looked up on a private index and on PyPI at once.',
  stages: ['data-collection', 'preprocessing', 'training', 'deployment'],
  severity: 'warning',
  confidence: 'high',
  since: '0.1.0',
  references: [
    'CWE-427',
    'OWASP-ML06:2023',
    'OWASP-LLM03:2025',
    'AML.T0010.001',
    'https://pip.pypa.io/en/stable/cli/pip_install/#cmdoption-extra-index-url',
    'https://pytorch.org/blog/compromised-nightly-dependency/',
  ],
  docs: {
    why: 'pip asks all indexes and installs the highest version any of them has. In December 2022 somebody published `torchtriton` on PyPI, a name that PyTorch used on its own index only, and machines that trained on nightly builds sent their SSH keys and environment to a stranger.',
    instead:
      'Name one index with `--index-url`, one that passes public packages on, or let uv or Poetry bind each package to its index; hashes in the requirements file settle it too.',
    fixSafety: 'The one index that is left has to hold the public packages as well, so the fix is offered for review.',
    limits:
      'Indexes that frameworks publish their own wheels on and mirrors of PyPI are not reported, nor files with hashes, addresses in variables and uv, which takes a package from the first index that has its name. Files for development are information. Installs in Python code and notebooks are left to `supply-pip-in-code`.',
    ignoreWhen: 'Every private name is registered on PyPI too, by you.',
  },
  messages,
  words: INDEX_WORDS,
  query: [...INDEX_QUERIES],
  check(fact: TextFact | CommandFact, context) {
    if (context.language === 'python' || context.language === 'notebook') return;
    const settings = indexSettings(fact, context);
    const extra = settings.filter(({ option, tool }) => option === 'extra-index-url' && tool === 'pip');
    if (extra.length === 0 || hasHashes(fact, context)) return;
    const primary = primaryIndex(settings, context);
    const owner = primary === undefined || isPyPI(primary) || isPublicIndex(primary) ? undefined : primary;
    if (/[${}<>]/.test(owner ?? '')) return;
    for (const setting of extra) {
      const { address, written, writtenRange, addressRange } = setting;
      if (!/^https?:\/\//i.test(address) || /[${}<>]/.test(address)) continue;
      const isPublic = isPyPI(address) || isPublicIndex(address.replace(/^http:/i, 'https:'));
      if (owner === undefined ? isPublic : !isPyPI(address)) continue;
      const option = written.slice(0, 30);
      const range = { start: writtenRange.start, end: addressRange.end };
      const finding =
        owner === undefined
          ? context.report(range, 'mixed', { option, host: hostOf(withoutUser(address)).slice(0, 40) })
          : context.report(range, 'publicBeside', { option, host: hostOf(withoutUser(owner)).slice(0, 40) });
      if (isForDevelopment(context.path)) finding.severity('info');
      if (primary === undefined && extra.length === 1 && /^(?:--|PIP_|extra)/.test(written)) {
        finding.fix(
          `Take every package from \`${hostOf(withoutUser(address)).slice(0, 40)}\``,
          'review',
          edit.replace(writtenRange, written.replace(/extra([-_])/i, '')),
          'it has to hold the public packages too',
        );
      }
    }
  },
  examples: [
    {
      path: 'requirements.txt',
      bad: '«--extra-index-url https://pypi.bank.example/simple»\nscorer==1.4\n',
      message: 'mixed',
      good: '--index-url https://pypi.bank.example/simple\nscorer==1.4\n',
    },
    {
      path: 'Dockerfile',
      bad: 'FROM python:3.11-slim\nRUN pip install «--extra-index-url=https://pypi.bank.example/simple» scorer==1.4\n',
      message: 'mixed',
      good: 'FROM python:3.11-slim\nRUN pip install --index-url=https://pypi.bank.example/simple scorer==1.4\n',
    },
    {
      path: 'Dockerfile',
      bad: 'FROM python:3.11-slim\nENV «PIP_EXTRA_INDEX_URL=https://pypi.bank.example/simple»\n',
      message: 'mixed',
      good: 'FROM python:3.11-slim\nENV PIP_INDEX_URL=https://pypi.bank.example/simple\n',
    },
    {
      path: 'pip.conf',
      bad: '[global]\nindex-url = https://pypi.bank.example/simple\n«extra-index-url = https://pypi.org/simple»\n',
      message: 'publicBeside',
    },
    {
      path: 'environment.yml',
      bad: 'channels: [conda-forge]\ndependencies:\n  - pip:\n      - «--extra-index-url https://pypi.bank.example/simple»\n      - scorer==1.4\n',
      message: 'mixed',
      good: 'channels: [conda-forge]\ndependencies:\n  - pip:\n      - --index-url https://pypi.bank.example/simple\n      - scorer==1.4\n',
    },
    {
      path: 'requirements.txt',
      good: '--extra-index-url https://download.pytorch.org/whl/cu126\ntorch==2.7.1\n',
      because: 'the index of PyTorch, with its packages only',
    },
    {
      path: 'requirements.txt',
      good: '--extra-index-url https://pypi.bank.example/simple\nscorer==1.4 --hash=sha256:9c900dea9e8fb7e16277c179b555cc72d29a352dbc33cff48ad5a0412fd5bfc7\n',
      because: 'only files with this hash are installed',
    },
    {
      path: 'Dockerfile',
      good: 'FROM python:3.11-slim\nRUN uv pip install --extra-index-url https://pypi.bank.example/simple scorer==1.4\n',
      because: 'uv takes a package from the first index that has its name',
    },
    {
      path: 'requirements.txt',
      good: '--index-url https://mirrors.aliyun.com/pypi/simple\n--extra-index-url https://pypi.org/simple\n',
      because: 'a mirror of PyPI and PyPI',
    },
    {
      path: 'Dockerfile',
      good: 'FROM python:3.11-slim\nARG PIP_EXTRA_INDEX_URL\nRUN pip install --extra-index-url $PIP_EXTRA_INDEX_URL scorer==1.4\n',
      because: 'the address is set from outside',
    },
  ],
});

/** pip wants hashes for all packages as soon as one has them. */
function hasHashes(fact: TextFact | CommandFact, { language, text }: Context): boolean {
  if (fact.kind === 'command') return fact.command.words.some((word) => word.text === '--require-hashes');
  return language === 'requirements' && /--hash|--require-hashes/.test(text);
}

/** The index that replaces PyPI: of the same command, else of the document. */
function primaryIndex(settings: readonly IndexSetting[], { text }: Context): string | undefined {
  const own = settings.find(({ option }) => option === 'index-url');
  if (own !== undefined) return own.address;
  const pattern = settings[0]?.command
    ? /\bPIP_INDEX_URL["']?\s*[=:]\s*["']?([^\s"']+)/
    : /(?:(?<!extra[-_])index[-_]url|PIP_INDEX_URL|(?:^|\s)-i)["']?(?:[ \t]*[=:][ \t]*|[ \t]+)["']?([^\s"']+)/i;
  return pattern.exec(text)?.[1];
}

function withoutUser(address: string): string {
  return address.replace(/^(\w+:\/\/)[^/@]*@/, '$1');
}
