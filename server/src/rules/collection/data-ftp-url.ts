import {
  argumentOf,
  type CallFact,
  type CommandFact,
  commands,
  defineRule,
  edit,
  programIndex,
  python,
} from '../../engine/index.js';
import { HTTP_CALLS, HTTPS_MIRRORS, isLocalHost } from '../../knowledge/http-clients.js';
import { ftpHost, protection, toTls } from './_ftp.js';

const PLAIN = 'ftplib.FTP';
const TLS = 'ftplib.FTP_TLS';
const FETCHERS = HTTP_CALLS.filter((entry) => !/^(requests|httpx|aiohttp)\./.test(entry.name));
const PROGRAMS = ['wget', 'curl', 'aria2c', 'lftp'];
/** What says that the content is compared with a digest afterwards. */
const DIGEST = /\b(hashlib|known_hash|file_hash|md5sum|sha\d+sum|checksums?)\b/i;

export default defineRule({
  summary: 'Data is transferred over FTP.',
  stages: ['data-collection', 'training'],
  severity: 'warning',
  confidence: 'high',
  since: '0.1.0',
  references: [
    'CWE-319',
    'OWASP-ML02:2023',
    'AML.T0020',
    'https://docs.python.org/3/library/ftplib.html#ftplib.FTP_TLS',
  ],
  overlaps: ['bandit:B321', 'ruff:S321'],
  docs: {
    why: 'FTP sends the password and every file in clear text and checks neither. Somebody on the way reads the login of the data partner, or exchanges the rows a model is trained on while they travel.',
    instead: 'Use the `https://` mirror that public archives have, SFTP, or `ftplib.FTP_TLS` with `prot_p()`.',
    fixSafety: 'A server may offer neither TLS nor HTTPS, so the fix is offered for review.',
    limits:
      'Loopback and service names are not judged, nor are addresses that are computed. A file that names a digest is taken to compare it: the level is lower.',
    ignoreWhen: 'The archive is public, offers nothing else, and its files are compared with a published digest.',
  },
  messages: {
    plainFtp: '`{callee}` sends the login and the files in clear text; use `FTP_TLS` with `prot_p()`, or SFTP',
    clearData: '`FTP_TLS` encrypts the login alone: files travel in clear text until `prot_p()` is called',
    address: '`{callee}` fetches from `{host}` over FTP: what arrives can be replaced on the way; use `https`',
  },
  words: ['ftp'],
  query: [python.calls(PLAIN, TLS, ...FETCHERS.map((entry) => entry.name)), commands.named(...PROGRAMS)],
  check(fact: CallFact | CommandFact, { report, python: py, text }) {
    const level = DIGEST.test(text) ? 'info' : 'warning';
    if (fact.kind === 'command') {
      const callee = fact.command.words[programIndex(fact.command)]!.text.replace(/^.*\//, '');
      for (const { range, text: word } of fact.command.words) {
        const host = ftpHost(word, true);
        if (host !== undefined) report(range, 'address', { callee, host }).severity(level);
      }
      return;
    }
    const callee = fact.name.slice(fact.name.lastIndexOf('.') + 1);
    if (fact.name === PLAIN || fact.name === TLS) {
      const server = argumentOf(fact, 'host', 0);
      const host = server === undefined ? undefined : py.value(server.value);
      if (host?.kind === 'string' && host.value !== '' && isLocalHost(host.value)) return;
      if (fact.name === PLAIN) {
        report(fact.calleeRange, 'plainFtp', { callee })
          .severity(level)
          .fix('Use `FTP_TLS` and `prot_p()`', 'review', toTls(fact, text), 'the server has to offer TLS');
      } else if (!/\bprot_p\b/.test(text)) {
        report(fact.calleeRange, 'clearData')
          .severity(level)
          .fix('Call `prot_p()` after the login', 'review', protection(fact, text), 'the server has to offer it');
      }
      return;
    }
    const entry = FETCHERS.find((candidate) => candidate.name === fact.name);
    const argument = entry === undefined ? undefined : argumentOf(fact, entry.argument, entry.position);
    const value = argument === undefined ? undefined : py.value(argument.value);
    if (argument === undefined || (value?.kind !== 'string' && value?.kind !== 'partial')) return;
    const host = ftpHost(value.kind === 'string' ? value.value : value.prefix, value.kind === 'string');
    if (host === undefined) return;
    const literal = py.definition(argument.value);
    const at = text.slice(literal.range.start, literal.range.end).search(/ftp:\/\//i);
    const finding = report(argument.value.range, 'address', { callee, host }).severity(level);
    if (literal !== argument.value) finding.related(literal.range, 'the address is written here');
    if (at < 0 || !HTTPS_MIRRORS.has(host)) return;
    const start = literal.range.start + at;
    finding.fix(
      'Use the `https://` mirror',
      'review',
      edit.replace({ start, end: start + 6 }, 'https://'),
      'the address changes',
    );
  },
  examples: [
    {
      bad: 'import ftplib\nftp = «ftplib.FTP»("data.example.org")\nftp.login(user, password)\nftp.retrbinary("RETR rows.csv", out.write)\n',
      message: 'plainFtp',
      good: 'import ftplib\nftp = ftplib.FTP_TLS("data.example.org")\nftp.login(user, password)\nftp.prot_p()\nftp.retrbinary("RETR rows.csv", out.write)\n',
    },
    {
      bad: 'from ftplib import FTP\nwith «FTP»(host) as ftp:\n    ftp.login()\n    ftp.retrbinary("RETR rows.csv", out.write)\n',
      message: 'plainFtp',
      good: 'from ftplib import FTP_TLS\nwith FTP_TLS(host) as ftp:\n    ftp.login()\n    ftp.prot_p()\n    ftp.retrbinary("RETR rows.csv", out.write)\n',
    },
    {
      bad: 'from ftplib import FTP_TLS\nftp = «FTP_TLS»(host)\nftp.login(user, password)\n',
      message: 'clearData',
      good: 'from ftplib import FTP_TLS\nftp = FTP_TLS(host)\nftp.login(user, password)\nftp.prot_p()\n',
    },
    {
      bad: 'from urllib.request import urlretrieve\nURL = "ftp://ftp.ncbi.nlm.nih.gov/genomes/README.txt"\nurlretrieve(«URL», "README.txt")\n',
      message: 'address',
      good: 'from urllib.request import urlretrieve\nURL = "https://ftp.ncbi.nlm.nih.gov/genomes/README.txt"\nurlretrieve(URL, "README.txt")\n',
    },
    {
      bad: 'import pandas as pd\nrows = pd.read_csv(«"ftp://data.example.org/rows.csv"»)\n',
      message: 'address',
      good: 'import pandas as pd\nrows = pd.read_csv("https://data.example.org/rows.csv")\n',
      byHand: true,
    },
    {
      good: 'from ftplib import FTP_TLS\nftp = FTP_TLS(host, user, password)\nftp.prot_p()\n',
      because: 'login and files are encrypted',
    },
    { good: 'import ftplib\nftp = ftplib.FTP("localhost")\n', because: 'loopback' },
    { good: 'URL = "ftp://data.example.org/rows.csv"\nprint(URL)\n', because: 'an address that nothing fetches' },
    {
      good: 'import paramiko\nsftp = paramiko.SFTPClient.from_transport(link)\n',
      because: 'SFTP runs inside SSH',
    },
    { good: 'from files import FTP\nftp = FTP(host)\n', because: 'another class of that name' },
  ],
});
