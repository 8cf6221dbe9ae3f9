import { defineRule, type Requirement, requirements } from '../../engine/index.js';
import { isForDevelopment } from '../_lock-files.js';

/** A package of an index with an exact version. */
const PINNED = /^[A-Za-z0-9][\w.-]*\s*(?:\[[^\]]*\]\s*)?={2,3}\s*[^\s;,*]+\s*(?:;.*)?$/;
/** Options that change nothing about what hashes would check. */
const OPTION =
  /^(?:-[if]\b|--(?:index-url|extra-index-url|find-links|no-index|trusted-host|only-binary|no-binary|pre|prefer-binary)\b)/;

/** Fewer packages than this are a note to a reader rather than an environment. */
const MINIMUM = 3;

export default defineRule({
  summary: 'A requirements file pins versions but not the files they stand for.',
  stages: ['training', 'deployment'],
  severity: 'hint',
  confidence: 'high',
  profile: 'strict',
  since: '0.1.0',
  references: [
    'CWE-494',
    'CWE-353',
    'OWASP-ML06:2023',
    'https://pip.pypa.io/en/stable/topics/secure-installs/#hash-checking-mode',
  ],
  docs: {
    why: 'A pinned version names a release, not its files. Whoever takes over the account of a maintainer can add a wheel for another platform to an old release, a mirror can hand out a file of its own, and what the pinned packages depend on is not pinned at all: the training image is built with it all the same.',
    instead:
      'Let a tool write the file: `uv pip compile --generate-hashes requirements.in -o requirements.txt` or `pip-compile --generate-hashes`. pip then refuses every file without a recorded hash.',
    fixSafety: 'There is no fix: the hashes have to be taken from the index.',
    limits:
      'One finding for each file, at its first package, and only where every package of an index has an exact version. Files with repositories, paths or includes of other files are silent, since pip cannot check these, and so are constraints and files for development.',
    ignoreWhen: 'The packages come from an index of your own that holds checked files only.',
  },
  messages: {
    noHashes: 'Versions are pinned but no file is: an index may hand out others under them; record hashes',
  },
  query: requirements.all(),
  check(requirement: Requirement, { language, path, text, report }) {
    if (language !== 'requirements' || requirement.source !== 'requirements' || isForDevelopment(path)) return;
    if (requirement.exact === undefined || requirement.hashes.length > 0 || !isFirst(text, requirement)) return;
    if (allPinned(text)) report(requirement.range, 'noHashes');
  },
  examples: [
    {
      path: 'requirements.txt',
      bad: '# Runtime\n«numpy==2.3.5»\npandas==2.3.3\ntorch==2.7.1\n',
      message: 'noHashes',
      good: 'numpy==2.3.5 --hash=sha256:9c900dea9e8fb7e16277c179b555cc72d29a352dbc33cff48ad5a0412fd5bfc7\n',
      byHand: true,
    },
    {
      path: 'requirements.txt',
      good: 'numpy==2.3.5\npandas>=2\ntorch==2.7.1\n',
      because: 'the versions come first',
    },
    {
      path: 'requirements.txt',
      good: '--require-hashes\nnumpy==2.3.5\npandas==2.3.3\ntorch==2.7.1\n',
      because: 'pip refuses the file as it is',
    },
    {
      path: 'requirements.txt',
      good: 'numpy==2.3.5\npandas==2.3.3\ntorch==2.7.1\n-e .\n',
      because: 'a path cannot have a hash',
    },
    {
      path: 'constraints.txt',
      good: 'numpy==2.3.5\npandas==2.3.3\ntorch==2.7.1\n',
      because: 'installs nothing itself',
    },
  ],
});

/** A line that is more than an option, a comment or a blank. */
const PACKAGE = /^(?![ \t]*(?:#|-(?!e)|\r?$))/m;

/** Only options and comments stand in front of it. O(what stands in front of the first package). */
function isFirst(text: string, { range }: Requirement): boolean {
  const first = PACKAGE.exec(text)?.index ?? text.length;
  return range.start >= first && !text.slice(first, range.start).includes('\n');
}

function allPinned(text: string): boolean {
  const lines = text
    .split(/\r?\n/)
    .map((line) => line.replace(/(?:^|\s)#.*$/, '').trim())
    .filter((line) => line !== '' && !OPTION.test(line));
  return lines.length >= MINIMUM && lines.every((line) => PINNED.test(line));
}
