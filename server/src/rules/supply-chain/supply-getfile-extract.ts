import { isTestFile } from '../../base/test-files.js';
import { argumentOf, type CallFact, defineRule, passesUnknown, python, type RuleContext } from '../../engine/index.js';
import { isBelow } from '../../engine/versions.js';
import { KERAS_ARCHIVES } from '../../knowledge/advisories.js';
import { affecting, firstFixed, raisePin } from './_affected.js';

const KERAS = ['keras', 'tensorflow.keras'].flatMap((keras) => [
  `${keras}.utils.get_file`,
  `${keras}.utils.data_utils.get_file`,
]);
const DOWNLOADS = 'torchvision.datasets.utils.download_and_extract_archive';
const EXTRACTS = 'torchvision.datasets.utils.extract_archive';

const messages = {
  affected: '`get_file` of keras {version} {does}; keras {fixed} is fixed',
  unknownVersion: '`get_file` unpacks before keras 3.14 without a check of the paths inside; pass `file_hash`',
  unfiltered: '`{callee}` unpacks archives without a check of the paths inside; compare a digest first',
} as const;
type Context = RuleContext<typeof messages>;

export default defineRule({
  summary: 'A download helper unpacks an archive that can write outside of its folder.',
  stages: ['data-collection', 'training'],
  severity: 'warning',
  confidence: 'high',
  since: '0.1.0',
  references: [
    'CWE-22',
    'OWASP-ML02:2023',
    'OWASP-ML06:2023',
    'CVE-2025-12060',
    'GHSA-hqp4-2352-xf5r',
    'https://keras.io/api/utils/python_utils/',
    'https://docs.python.org/3/library/tarfile.html#extraction-filters',
  ],
  docs: {
    why: 'The mirror of a public data set is replaced, and its tar archive now holds a link and a file behind it: while the training job unpacks the images, it overwrites `~/.ssh/authorized_keys` or a module of the project.',
    instead:
      'Pass `file_hash` (or `md5` in torchvision) so that only the archive you know is opened, run keras 3.14 or newer, or unpack it yourself with `tarfile` and `filter="data"`.',
    fixSafety:
      'A newer release may behave differently or need newer companions, so raising the pin is offered for review. A digest has to come from a source you trust: none is made up.',
    limits:
      'Archives that end in `.zip`, calls with a digest and Python 3.14, whose `tarfile` checks paths itself, are silent. Without a known version the finding is information.',
  },
  messages,
  query: python.calls(...KERAS, DOWNLOADS, EXTRACTS),
  check(call: CallFact, context) {
    if (passesUnknown(call)) return;
    const runtime = context.workspace.python(context.path);
    if (runtime !== undefined && isBelow(runtime, '3.14') === false) return;
    if (KERAS.includes(call.name)) checkKeras(call, context);
    else checkTorchvision(call, context);
  },
  examples: [
    {
      bad: 'import keras\npath = «keras.utils.get_file»("images.tgz", "https://data.example/images.tgz", extract=True)\n',
      message: 'affected',
      good: 'import keras\npath = keras.utils.get_file("images.tgz", "https://data.example/images.tgz", extract=True, file_hash=DIGEST)\n',
      byHand: true,
      given: { keras: '3.11.3' },
    },
    {
      bad: 'import tensorflow as tf\npath = «tf.keras.utils.get_file»(origin=URL, untar=True)\n',
      message: 'unknownVersion',
      good: 'import tensorflow as tf\npath = tf.keras.utils.get_file(origin=URL, untar=True, file_hash=DIGEST)\n',
      byHand: true,
    },
    {
      bad: 'from torchvision.datasets.utils import download_and_extract_archive as fetch\n«fetch»("https://data.example/faces.tar.gz", "data")\n',
      message: 'unfiltered',
      good: 'from torchvision.datasets.utils import download_and_extract_archive as fetch\nfetch("https://data.example/faces.tar.gz", "data", md5=DIGEST)\n',
      byHand: true,
    },
    {
      good: 'import keras\npath = keras.utils.get_file(origin=URL, extract=True)\n',
      given: { keras: '3.14.1' },
      because: 'this release checks the paths',
    },
    {
      good: 'import keras\npath = keras.utils.get_file("weights.h5", URL)\n',
      given: { keras: '3.5.0' },
      because: 'nothing is unpacked',
    },
    {
      good: 'import keras\npath = keras.utils.get_file("spa-eng.zip", origin=URL, extract=True)\n',
      given: { keras: '3.5.0' },
      because: '`zipfile` drops paths that lead outside',
    },
    {
      good: 'import keras\npath = keras.utils.get_file(origin=URL, extract=True)\n',
      files: { 'pyproject.toml': '[project]\nrequires-python = ">=3.14"\n' },
      given: { keras: '3.5.0' },
      because: 'Python 3.14 checks the paths of tar archives by default',
    },
  ],
});

function isSet(call: CallFact, name: string, position: number | undefined, { python: py }: Context): boolean {
  const passed = argumentOf(call, name, position);
  return passed !== undefined && py.value(passed.value).kind !== 'none';
}

/** True when one of the names says that the archive is no tar. */
function isZip(call: CallFact, names: readonly (readonly [string, number])[], { python: py }: Context): boolean {
  const known = names.flatMap(([name, position]) => {
    const passed = argumentOf(call, name, position);
    const value = passed === undefined ? undefined : py.value(passed.value);
    return value?.kind === 'string' ? [value.value] : value?.kind === 'partial' ? value.pieces.slice(-1) : [];
  });
  return known.some((name) => /\.zip$/i.test(name));
}

function checkKeras(call: CallFact, context: Context): void {
  const unpacks = [argumentOf(call, 'untar', 2), argumentOf(call, 'extract', 7)].some((flag) => {
    const value = flag === undefined ? undefined : context.python.value(flag.value);
    return value?.kind === 'boolean' && value.value;
  });
  if (!unpacks || isSet(call, 'md5_hash', 3, context) || isSet(call, 'file_hash', 4, context)) return;
  const names = [
    ['fname', 0],
    ['origin', 1],
    ['archive_format', 8],
  ] as const;
  if (isZip(call, names, context)) return;
  const keras = context.version('keras');
  const found = keras === undefined ? [] : affecting(KERAS_ARCHIVES, keras);
  const [worst] = found;
  if (keras === undefined || worst === undefined) {
    const decided = keras !== undefined && (keras.exact !== undefined || isBelow(keras, '3.14.0') === false);
    if (!decided) context.report(call.calleeRange, 'unknownVersion').severity('info');
    return;
  }
  const fixed = firstFixed(keras)!;
  const version = keras.exact ?? keras.specifier;
  const finding = context.report(call.calleeRange, 'affected', { version, does: worst.does, fixed });
  finding.related(keras.place, `keras is pinned here: ${found.map(({ id }) => id).join(', ')}`);
  finding.fixFiles(`Pin keras ${fixed}`, raisePin(keras, fixed), 'newer releases may behave differently');
  if (isTestFile(context.path)) finding.severity('info');
}

function checkTorchvision(call: CallFact, context: Context): void {
  const downloads = call.name === DOWNLOADS;
  if (downloads && isSet(call, 'md5', 4, context)) return;
  const names = downloads
    ? ([
        ['url', 0],
        ['filename', 3],
      ] as const)
    : ([['from_path', 0]] as const);
  if (isZip(call, names, context)) return;
  const callee = call.name.slice(call.name.lastIndexOf('.') + 1);
  const source = argumentOf(call, names[0][0], 0);
  const origin = source === undefined ? undefined : context.python.origin(source.value);
  const outside = origin?.tier === 'T1' && !origin.operator;
  if (!downloads && !outside) return;
  const finding = context.report(call.calleeRange, 'unfiltered', { callee });
  if (isTestFile(context.path)) finding.severity('info');
  if (!downloads) for (const step of origin?.trail ?? []) finding.related(step.range, step.message);
}
