import type { Range, TextEdit } from '../../base/range.js';
import {
  type DockerfileFacts,
  type DockerInstruction,
  defineRule,
  dockerfile,
  edit,
  placeholder,
} from '../../engine/index.js';

const COMMIT = /^[0-9a-f]{40}(?:[0-9a-f]{24})?$/;
/** Answers that change with every commit or call: fetched to make the build cache forget, never to be used. */
const CACHE_BUSTERS = /^https:\/\/(?:api\.github\.com\/repos\/|www\.random\.org\/|worldtimeapi\.org\/)/;
/** Files that are neither run nor learnt from. */
const PASSIVE = /\.(?:ttf|otf|woff2?|png|svg|ico|md|txt)(?:[?#]|$)/i;
/** Programs that compare a file with a digest or a signature. */
const VERIFIES = /\b(?:sha(?:1|224|256|384|512)sum|shasum|b2sum|md5sum|openssl\s+dgst|gpgv?|minisign|cosign)\b/;

export default defineRule({
  summary: 'A Dockerfile adds a file from the network without its checksum.',
  stages: ['data-collection', 'training', 'deployment'],
  severity: 'warning',
  confidence: 'high',
  since: '0.1.0',
  references: [
    'CWE-494',
    'CWE-353',
    'OWASP-ML06:2023',
    'OWASP-LLM03:2025',
    'AML.T0010.001',
    'https://docs.docker.com/reference/dockerfile/#add---checksum',
    'https://docs.docker.com/reference/dockerfile/#adding-files-from-a-git-repository',
  ],
  docs: {
    why: 'Weights that an image takes with `ADD https://…/model.pt` are whatever that address answers on the day of the build. Somebody who takes over the bucket or the release puts a pickle there that runs code in every serving container, and the build log looks as it always did.',
    instead:
      'Record the digest once, from a file that was checked, and let the build compare it: `ADD --checksum=sha256:… https://…/model.safetensors /models/`. Name the full commit of a repository.',
    fixSafety:
      'The digest has to be taken from a file that was checked, and the commit from the repository, so the fixes leave a place for them.',
    limits:
      'A stage that compares digests or signatures in a later `RUN` is passed over, whatever it compares. Addresses that are a variable as a whole are not known. Fonts and pictures are information. Calls whose only use is to refresh the build cache are silent.',
    ignoreWhen: 'The content is meant to change with each build, and nothing in it is run or loaded.',
  },
  messages: {
    unchecked: '`ADD` takes what {host} answers at build time without comparing it; record its `--checksum`',
    repository: '`ADD` takes the tip of `{repository}`, whoever pushed last; name a commit behind `#`',
  },
  query: dockerfile.file(),
  check(facts, { report, text }) {
    for (const add of facts.instructions) {
      if (add.keyword !== 'ADD' || add.flags.some(({ name }) => name === 'checksum')) continue;
      for (const { text: source, range } of add.words.slice(0, -1)) {
        const repository = repositoryOf(source);
        if (repository !== undefined) {
          if (!isFixed(source))
            report(range, 'repository', { repository }).fix(
              'Name a commit',
              'placeholder',
              commitEdits(source, range, text),
              'all characters of the commit',
            );
          continue;
        }
        const host = /^https?:\/\/(?:[^/@]*@)?([\w.-]+)/i.exec(source)?.[1];
        if (host === undefined || isLocal(host) || CACHE_BUSTERS.test(source) || isVerified(facts, add)) continue;
        const finding = report(range, 'unchecked', { host: `\`${host.slice(0, 40)}\`` });
        if (PASSIVE.test(source)) finding.severity('info');
        // `--checksum` is for one source.
        const checksum = edit.insert(range.start, `--checksum=${placeholder('sha256:digest')} `);
        if (add.words.length === 2 && /^https?:/i.test(text.slice(range.start)))
          finding.fix('Add `--checksum`', 'placeholder', checksum, 'the digest of a file that was checked');
      }
    }
  },
  examples: [
    {
      path: 'Dockerfile',
      bad: 'FROM python:3.13-slim\nADD «https://models.example.org/scorer.safetensors» /models/\n',
      message: 'unchecked',
      good: 'FROM python:3.13-slim\nADD --checksum=sha256:24454f830cdb571e2c4ad15481119c43b3cafd48dd869a9b2945d1036d1dc68d https://models.example.org/scorer.safetensors /models/\n',
      fill: ['sha256:24454f830cdb571e2c4ad15481119c43b3cafd48dd869a9b2945d1036d1dc68d'],
    },
    {
      path: 'Dockerfile',
      bad: 'FROM python:3.13-slim\nADD «https://github.com/openai/CLIP.git#main» /src/clip\n',
      message: 'repository',
      good: 'FROM python:3.13-slim\nADD https://github.com/openai/CLIP.git#a1d071733d7111c9c014f024669f959182114e33 /src/clip\n',
      fill: ['a1d071733d7111c9c014f024669f959182114e33'],
    },
    {
      path: 'Dockerfile',
      good: 'FROM python:3.13-slim\nADD models.tar.gz /models/\n',
      because: 'a file of the project',
    },
    {
      path: 'Dockerfile',
      good: 'FROM debian:13\nADD https://models.example.org/scorer.onnx /models/\nRUN echo "$SCORER_SHA256  /models/scorer.onnx" | sha256sum --check\n',
      because: 'the digest is compared right after',
    },
    {
      path: 'Dockerfile',
      good: 'FROM debian:13\nADD https://api.github.com/repos/bank/scorer/git/refs/heads/main /tmp/version.json\n',
      because: 'only makes the build cache forget',
    },
    {
      path: 'Dockerfile',
      good: 'FROM debian:13\nARG WEIGHTS\nADD ${WEIGHTS} /models/\n',
      because: 'the source is not known',
    },
  ],
});

/** `owner/name` of a source that is a Git repository, as BuildKit tells them: `git@…`, `git://…` or a path ending in `.git`. */
function repositoryOf(source: string): string | undefined {
  if (!/^(?:git@|ssh:\/\/|git:\/\/)/.test(source) && !/^https?:\/\/[^#?]+\.git(?:[#?]|$)/.test(source))
    return undefined;
  const path = source.replace(/[#?].*$/s, '').replace(/\.git$/, '');
  return path.split(/[/:]/).slice(-2).join('/').slice(0, 50);
}

/** A commit behind `#` or in the query, or a reference that is not known. */
function isFixed(source: string): boolean {
  const reference = /[?&](?:checksum|commit|ref|tag)=([^&#]+)/.exec(source)?.[1] ?? /#([^:]*)/.exec(source)?.[1] ?? '';
  return COMMIT.test(reference) || /\$/.test(source) || /[?&](?:checksum|commit)=/.test(source);
}

/** Writes a commit behind `#`, in front of a folder that may be named there. */
function commitEdits(source: string, range: Range, text: string): TextEdit[] {
  if (text.slice(range.start, range.end) !== source || source.includes('?')) return [];
  const [, address = '', reference = ''] = /^([^#]*)(#[^:]*)?/.exec(source)!;
  const start = range.start + address.length;
  return edit.replace({ start, end: start + reference.length }, `#${placeholder('commit')}`);
}

function isLocal(host: string): boolean {
  return /^(?:localhost|127\.[\d.]+|host\.docker\.internal)$/i.test(host);
}

function isVerified({ instructions }: DockerfileFacts, add: DockerInstruction): boolean {
  return instructions.some(
    ({ keyword, stage, range, argument }) =>
      keyword === 'RUN' && stage === add.stage && range.start > add.range.start && VERIFIES.test(argument),
  );
}
