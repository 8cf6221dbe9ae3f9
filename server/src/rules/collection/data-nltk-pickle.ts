import { argumentOf, type CallFact, defineRule, type Expression, edit, python } from '../../engine/index.js';
import { isBelow } from '../../engine/versions.js';

/** Packages of pickles, and the ones that hold the same as tables since nltk 3.9. */
const SUCCESSORS: Readonly<Record<string, string>> = {
  punkt: 'punkt_tab',
  averaged_perceptron_tagger: 'averaged_perceptron_tagger_eng',
  averaged_perceptron_tagger_ru: 'averaged_perceptron_tagger_rus',
  maxent_ne_chunker: 'maxent_ne_chunker_tab',
  maxent_treebank_pos_tagger: 'maxent_treebank_pos_tagger_tab',
};
const DOWNLOADS = ['nltk.download', 'nltk.downloader.download', 'nltk.downloader.Downloader().download'];
const LOADS = ['nltk.data.load', 'nltk.load'];

export default defineRule({
  summary: 'An NLTK resource that is a pickle is downloaded or loaded.',
  stages: ['preprocessing', 'feature-engineering'],
  severity: 'warning',
  confidence: 'high',
  since: '0.1.0',
  references: [
    'CWE-502',
    'OWASP-ML06:2023',
    'AML.T0010.001',
    'CVE-2024-39705',
    'https://github.com/nltk/nltk/issues/3266',
    'https://raw.githubusercontent.com/nltk/nltk/develop/ChangeLog',
  ],
  docs: {
    why: 'Tokenisers and taggers of NLTK before 3.9 are pickles that `word_tokenize` or `pos_tag` opens. A mirror or a shared `nltk_data` folder that somebody else can write to runs code in every job that splits text.',
    instead: 'Run nltk 3.9 or newer and download the table versions: `punkt_tab`, `averaged_perceptron_tagger_eng`.',
    fixSafety:
      'nltk 3.9 and newer read the tables only, but other programs may look for the old package in the same folder, so the fix is offered for review.',
    limits:
      'Names that are computed are not judged. Where the version is not known, or is 3.9 and newer, which opens no such pickle by itself, the level is lower; a file that also names the tables is silent then.',
  },
  messages: {
    pickled: '`{resource}` is unpickled by nltk {version}, which can run code; upgrade to 3.9 and use `{successor}`',
    unknownVersion: '`{resource}` holds pickles, which nltk before 3.9 opens and runs; use `{successor}`',
    leftOver: '`{resource}` holds pickles, and nltk {version} reads `{successor}` instead; download that',
    loadsPickle: '`{callee}` unpickles `{resource}`, which can run code; use the class of nltk 3.9 that reads tables',
  },
  query: python.calls(...DOWNLOADS, ...LOADS),
  check(call: CallFact, { report, python: py, version, text }) {
    const nltk = version('nltk');
    const below = nltk === undefined ? undefined : isBelow(nltk, '3.9');
    const number = nltk?.exact ?? nltk?.specifier ?? '';
    const argument = argumentOf(call, LOADS.includes(call.name) ? 'resource_url' : 'info_or_id', 0);
    if (argument === undefined) return;
    if (LOADS.includes(call.name)) {
      const url = py.value(argument.value);
      const name = url.kind === 'string' ? url.value : url.kind === 'partial' ? (url.pieces.at(-1) ?? '') : '';
      if (!/\.pickle$/.test(name) || below === false) return;
      const resource = name.slice(name.lastIndexOf('/') + 1);
      const finding = report(argument.value.range, 'loadsPickle', { callee: call.name, resource });
      if (below === undefined) finding.severity('info');
      else if (nltk !== undefined) finding.related(nltk.place, 'nltk is pinned here');
      return;
    }
    for (const item of itemsOf(argument.value, py.definition(argument.value))) {
      const value = py.value(item);
      const resource = value.kind === 'string' ? value.value : '';
      const successor = Object.hasOwn(SUCCESSORS, resource) ? SUCCESSORS[resource]! : undefined;
      if (successor === undefined) continue;
      if (below === true) {
        report(item.range, 'pickled', { version: number, resource, successor }).related(
          nltk!.place,
          'nltk is pinned here',
        );
        continue;
      }
      if (new RegExp(`\\b${successor}\\b`).test(text)) continue;
      const finding =
        below === false
          ? report(item.range, 'leftOver', { version: number, resource, successor })
          : report(item.range, 'unknownVersion', { resource, successor });
      finding.severity('info');
      const literal = py.definition(item);
      if (literal.kind !== 'string' || literal.range.end - literal.range.start !== resource.length + 2) continue;
      finding.fix(
        `Download \`${successor}\``,
        'review',
        edit.replace({ start: literal.range.start + 1, end: literal.range.end - 1 }, successor),
        below === false ? 'other programs may look for the old package' : 'nltk has to be 3.9 or newer',
      );
    }
  },
  examples: [
    {
      bad: 'import nltk\nnltk.download(«"punkt"»)\n',
      message: 'pickled',
      good: 'import nltk\nnltk.download("punkt_tab")\n',
      byHand: true,
      given: { nltk: '3.8.1' },
    },
    {
      bad: 'import nltk\nnltk.download(«"averaged_perceptron_tagger"», quiet=True)\n',
      message: 'unknownVersion',
      good: 'import nltk\nnltk.download("averaged_perceptron_tagger_eng", quiet=True)\n',
    },
    {
      bad: "from nltk import download as get\nget([«'punkt'», 'stopwords'])\n",
      message: 'leftOver',
      good: "from nltk import download as get\nget(['punkt_tab', 'stopwords'])\n",
      given: { nltk: '3.9.2' },
    },
    {
      bad: 'import nltk\nsplitter = nltk.data.load(«"tokenizers/punkt/english.pickle"»)\n',
      message: 'loadsPickle',
      good: 'from nltk.tokenize import PunktTokenizer\nsplitter = PunktTokenizer("english")\n',
      byHand: true,
      given: { nltk: '3.8.1' },
    },
    { good: 'import nltk\nnltk.download("stopwords")\n', because: 'a word list' },
    { good: 'import nltk\nnltk.download("punkt_tab")\n', because: 'tables, no pickle' },
    {
      good: 'import nltk\nnltk.download("punkt")\nnltk.download("punkt_tab")\n',
      because: 'made for old and new releases alike',
    },
    {
      good: 'import nltk\nsplitter = nltk.data.load("tokenizers/punkt/english.pickle")\n',
      given: { nltk: '3.9.1' },
      because: 'nltk 3.9 opens the tables under that name',
    },
    { good: 'import nltk\nnltk.download(name)\n', because: 'the resource is not known' },
  ],
});

/** The name itself, or the names of the list it stands for. */
function itemsOf(argument: Expression, { kind, ...rest }: Expression): readonly Expression[] {
  const isList = kind === 'list' || kind === 'tuple' || kind === 'set';
  return isList && 'items' in rest ? rest.items : [argument];
}
