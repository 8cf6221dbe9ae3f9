import { type ConfigEntry, config, type DockerInstruction, defineRule, dockerfile } from '../../engine/index.js';
import { isDevelopmentContainer } from './_stages.js';

const WORDS = String.raw`(?:"[^"\n]*"|'[^'\n]*'|\\\r?\n|\\.|[^\n;&|"'\\])*`;
/** Where a command begins: at a line, behind an operator, a word of the shell or `sudo`. */
const BEGIN = String.raw`(?:^|[;&|({]|\b(?:then|do|else|sudo|exec|time|run:|RUN))[ \t]*(?:\\\r?\n[ \t]*)*(?:-\S+[ \t]+)*(?:\w+=\S*[ \t]+)*`;
/** Programs between the two that hand the script on. */
const FILTERS = String.raw`(?:\|\s*(?:sed|tr|tee|cat|gunzip|zcat|base64|dos2unix|head|tail|grep)\b${WORDS})*`;
const SUDO = String.raw`(?:sudo\s+(?:-\S+\s+)*)?(?:env\s+)?(?:\w+=\S*\s+)*(?:\/(?:usr\/)?bin\/)?`;
/** An interpreter that reads its program from the pipe: no script is named, and no `-c`. */
const READS = String.raw`(?:((?:ba|da|z|k|a)?sh)\b(?!\s+-\w*c\b)(?!(?:\s+-[\w-]+)*\s+[^-\s|&;><"'\\][^\s]*\.\w)|(python3?|perl|ruby|node)\b\s*-?\s*(?=$|[\n"'|&;)#\\]))`;
const PIPED = new RegExp(
  String.raw`${BEGIN}(curl|wget)\b(?<rest>${WORDS})${FILTERS}\|&?\s*(?:\\\r?\n\s*)*${SUDO}${READS}`,
  'gm',
);
/** The address of one release: its script changes only when the release is tampered with. */
const ONE_VERSION = /https:\/\/\S*\/(?:v|release-)?\d+\.\d+(?:\.\d+)?[/_-]\S*|https:\/\/\S*\/[0-9a-f]{40}\//;
/** `sh -c "$(curl …)"`, `bash <(curl …)`, `eval "$(curl …)"`. */
const SUBSTITUTED =
  /\b((?:ba|da|z|k|a)?sh|source|eval|python3?)\s+(?:-\w+\s+)*["']?(?:<\(|\$\(|`)\s*(curl|wget)\b(?<rest>[^\n)`]*)/g;

export default defineRule({
  summary: 'A build runs a script straight from the network.',
  stages: ['training', 'deployment'],
  severity: 'warning',
  confidence: 'high',
  since: '0.1.0',
  references: [
    'CWE-494',
    'CWE-829',
    'OWASP-ML06:2023',
    'OWASP-LLM03:2025',
    'CICD-SEC-3',
    'https://docs.docker.com/build/building/best-practices/#using-pipes',
  ],
  docs: {
    why: 'The image build fetches the installer of a tool and pipes it into a shell. When that server is taken over, as the uploader of Codecov was for two months, every build runs what it answers, with the keys of the registry around it, and no line of the repository has changed.',
    instead:
      'Download the script of one version, compare its SHA-256 with one that was recorded, then run it; or install the tool from a package or an image with a digest.',
    fixSafety: 'No fix is offered: the checksum of a script that was read is not known here.',
    limits:
      '`RUN` lines of Dockerfiles and `run` steps of workflows are read. A script that is saved first and run in a second command is not reported. Over HTTPS this is a warning, over plain HTTP an error, and information for the script of one release or in a development container.',
    ignoreWhen: 'The script comes from a server of your own that only the release process writes to.',
  },
  messages: {
    piped: '`{program}` hands a script straight to `{shell}`; download it, compare its checksum, then run it',
    cleartext: '`{program}` hands a script over plain HTTP to `{shell}`, so anyone on the way can change it; use HTTPS',
  },
  query: [dockerfile.instructions('RUN'), config.entries(['github-workflow'], 'jobs.*.steps.*.run')],
  check(fact: DockerInstruction | ConfigEntry, { report, text, path }) {
    const { start: from, end } = 'keyword' in fact ? fact.argumentRange : fact.valueRange;
    const start = /["']/.test(text[from] ?? '') ? from + 1 : from;
    if (end - start > 50_000) return;
    // Comment lines are blanked to equal length, so that offsets hold.
    const source = text.slice(start, end).replace(/^[ \t]*#.*$/gm, (line) => ' '.repeat(line.length));
    const found = [
      ...[...source.matchAll(PIPED)].map((match) => ({
        match,
        program: match[1]!,
        shell: match[3] ?? match[4] ?? 'sh',
      })),
      ...[...source.matchAll(SUBSTITUTED)].map((match) => ({ match, program: match[2]!, shell: match[1]! })),
    ];
    for (const { match, program, shell } of found) {
      const rest = match.groups?.rest ?? '';
      if (/\bhttps?:\/\/(?:localhost|127\.|\[::1\])/.test(rest)) continue;
      const at = start + match.index + match[0].search(new RegExp(`\\b${program}\\b`));
      const range = { start: at, end: at + program.length };
      if (/\bhttp:\/\//.test(rest)) report(range, 'cleartext', { program, shell }).severity('error');
      else {
        const milder = isDevelopmentContainer(path) || ONE_VERSION.test(rest);
        report(range, 'piped', { program, shell }).severity(milder ? 'info' : 'warning');
      }
    }
  },
  examples: [
    {
      path: 'Dockerfile',
      bad: 'FROM ubuntu:24.04\nRUN «curl» -fsSL https://get.example.org/install.sh | sudo -E bash -\n',
      message: 'piped',
      good: 'FROM ubuntu:24.04\nRUN curl -fsSLO https://get.example.org/1.4/install.sh && echo "$INSTALL_SHA256  install.sh" | sha256sum --check && bash install.sh\n',
      byHand: true,
    },
    {
      path: 'Dockerfile',
      bad: 'FROM ubuntu:24.04\nRUN apt-get update \\\n    # the installer\n    && «curl» -s https://get.example.org/install.sh \\\n    | tee install.log \\\n    | bash\n',
      message: 'piped',
    },
    {
      path: '.github/workflows/train.yml',
      bad: 'on: push\njobs:\n  train:\n    runs-on: ubuntu-24.04\n    steps:\n      - run: |\n          «wget» -qO- http://get.example.org/install.sh | sh\n          make train\n',
      message: 'cleartext',
    },
    {
      path: 'Dockerfile',
      good: 'FROM ubuntu:24.04\nRUN curl -fsSL https://models.example.org/weights.tar.gz | tar xz -C /models\n',
      because: 'an archive, not a script',
    },
    {
      path: 'Dockerfile',
      good: 'FROM python:3.13-slim\nRUN curl -s https://api.example.org/models | python3 -m json.tool > models.json\n',
      because: 'the answer is read by a program that is installed',
    },
    {
      path: '.github/workflows/train.yml',
      good: 'on: push\njobs:\n  train:\n    runs-on: ubuntu-24.04\n    steps:\n      - run: |\n          # curl https://get.example.org | sh\n          echo "never use curl https://get.example.org | sh"\n',
      because: 'a comment and a text',
    },
    {
      path: 'Dockerfile',
      good: 'FROM ubuntu:24.04\nRUN curl -fsSL https://keys.example.org/key.asc | gpg --dearmor -o /usr/share/keyrings/example.gpg\n',
      because: 'a key, not a script',
    },
  ],
});
