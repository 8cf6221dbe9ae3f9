import { isTestFile } from '../../base/test-files.js';
import { argumentOf, defineRule, edit, type PythonQuestions, python, type StoreFact } from '../../engine/index.js';
import { isForeign } from '../_by-origin.js';
import { isUnlimited, raisesOpenCv } from './_pixel-limits.js';

const LIMIT = 'PIL.Image.MAX_IMAGE_PIXELS';
/** Libraries for slides and satellite scenes, whose pictures are honestly that large. */
const LARGE_PICTURES =
  /^[ \t]*(?:from|import)[ \t]+(?:openslide|tiffslide|rasterio|rioxarray|osgeo|slideio|histolab|cucim|pyvips|wsidicom|tiatoolbox|geopandas|large_image)\b/m;

export default defineRule({
  summary: 'The limit for the size of a decoded picture is switched off.',
  stages: ['data-collection', 'preprocessing', 'deployment'],
  severity: 'warning',
  confidence: 'high',
  since: '0.1.0',
  references: [
    'CWE-409',
    'OWASP-LLM10:2025',
    'AML.T0029',
    'https://pillow.readthedocs.io/en/stable/reference/Image.html#PIL.Image.open',
    'https://docs.opencv.org/4.x/d4/da8/group__imgcodecs.html',
  ],
  docs: {
    why: 'A PNG of sixty thousand by sixty thousand white pixels has a few kilobytes and takes ten gigabytes of memory once it is decoded. One of them in a scraped data set kills every loader worker; sent to a classifier, it takes the service down.',
    instead:
      'Keep the limit of Pillow, about 89 million pixels, or set it to the largest picture that you expect, and skip what `DecompressionBombError` refuses.',
    fixSafety: 'Pictures above the limit are refused again, so the fix is offered for review.',
    limits:
      'Limits below a thousand million pixels and values that are computed are silent. Beside libraries for slides and satellite scenes, in tests and in notebooks the level is lower; in a file that opens what a request sent it is higher.',
    ignoreWhen: 'All pictures come from your own scanner or camera.',
  },
  messages: {
    off: '`MAX_IMAGE_PIXELS = {value}` switches the size check off: a small file can fill the memory; remove it',
    openCv: '`OPENCV_IO_MAX_IMAGE_PIXELS` is raised so far that a small file can fill the memory; remove it',
  },
  query: python.stores(LIMIT, 'PIL.Image.Image.MAX_IMAGE_PIXELS', 'os.environ[]'),
  words: ['max_image_pixels'],
  check(store: StoreFact, { report, python: py, text, path }) {
    const openCv = store.name === 'os.environ[]';
    if (openCv ? !raisesOpenCv(store, py) : !isUnlimited(store.value, py)) return;
    const value = text.slice(store.value.range.start, store.value.range.end).slice(0, 20);
    const finding = openCv ? report(store.range, 'openCv') : report(store.range, 'off', { value });
    const sent = opensForeign(py, text);
    if (isTestFile(path) || (!sent && (path.endsWith('.ipynb') || LARGE_PICTURES.test(text)))) finding.severity('info');
    else if (sent) finding.severity('error');
    const line = text.slice(text.lastIndexOf('\n', store.statement.start - 1) + 1, store.statement.end);
    const after = /^[^\n]*/.exec(text.slice(store.statement.end))![0];
    // A line that is the only one of its block has to stay.
    if (line.trimStart() !== line || !/^\s*(?:#.*)?$/.test(after)) return;
    const edits = edit.deleteLines(text, store.statement);
    finding.fix('Keep the limit', 'review', edits, 'larger pictures are refused again');
  },
  examples: [
    {
      bad: 'from PIL import Image\n«Image.MAX_IMAGE_PIXELS = None»\nphoto = Image.open(path)\n',
      message: 'off',
      good: 'from PIL import Image\nphoto = Image.open(path)\n',
    },
    {
      bad: 'import PIL.Image as pil\n«pil.MAX_IMAGE_PIXELS = 10_000_000_000»\n',
      message: 'off',
      good: 'import PIL.Image as pil\n',
    },
    {
      bad: 'import os\n«os.environ["OPENCV_IO_MAX_IMAGE_PIXELS"] = "1099511627776"»\nimport cv2\n',
      message: 'openCv',
      good: 'import os\nimport cv2\n',
    },
    {
      good: 'from PIL import Image\nImage.MAX_IMAGE_PIXELS = 200_000_000\n',
      because: 'a limit, only a larger one',
    },
    {
      good: 'from PIL import Image\nImage.MAX_IMAGE_PIXELS = settings.max_pixels\n',
      because: 'the limit is not known',
    },
    { good: 'Image.MAX_IMAGE_PIXELS = None\n', because: 'nothing says that this is Pillow' },
    { good: 'from PIL import Image\nlimit = Image.MAX_IMAGE_PIXELS\n', because: 'the limit is only read' },
  ],
});

/** True when this file opens a picture that somebody else sent. */
function opensForeign(py: PythonQuestions, text: string): boolean {
  return py.callsIn({ start: 0, end: text.length }).some((call) => {
    if (call.name !== 'PIL.Image.open') return false;
    const source = argumentOf(call, 'fp', 0);
    return source !== undefined && isForeign(py.origin(source.value));
  });
}
