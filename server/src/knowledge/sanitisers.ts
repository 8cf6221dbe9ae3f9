/** What a value can be made harmless for. */
export type Sink = 'path' | 'shell' | 'html' | 'url' | 'log';

/** Calls whose result holds nothing an attacker wrote: numbers, digests, sizes, fresh identifiers. */
export const NEUTRAL_CALLS: ReadonlySet<string> = new Set([
  'int',
  'float',
  'bool',
  'complex',
  'len',
  'hash',
  'id',
  'round',
  'abs',
  'ord',
  'isinstance',
  'uuid.UUID',
  'datetime.datetime.fromisoformat',
  'datetime.date.fromisoformat',
  'decimal.Decimal',
  'time.time',
]);

/** Methods whose result is a digest or a number whatever went in. */
export const NEUTRAL_METHODS: ReadonlySet<string> = new Set([
  'hexdigest',
  'digest',
  'count',
  'index',
  'find',
  'isdigit',
]);

/** Calls that make their argument harmless for some sinks. */
export const SANITISERS: ReadonlyMap<string, readonly Sink[]> = new Map<string, readonly Sink[]>([
  ['werkzeug.utils.secure_filename', ['path']],
  ['werkzeug.security.safe_join', ['path']],
  ['flask.safe_join', ['path']],
  ['django.utils.text.get_valid_filename', ['path']],
  ['pathvalidate.sanitize_filename', ['path']],
  ['os.path.basename', ['path']],
  ['ntpath.basename', ['path']],
  ['posixpath.basename', ['path']],
  ['shlex.quote', ['shell']],
  ['pipes.quote', ['shell']],
  ['html.escape', ['html']],
  ['markupsafe.escape', ['html']],
  ['bleach.clean', ['html']],
  ['nh3.clean', ['html']],
  ['django.utils.html.escape', ['html']],
  ['urllib.parse.quote', ['url', 'path']],
  ['urllib.parse.quote_plus', ['url', 'path']],
  ['repr', ['log']],
  ['json.dumps', ['log']],
]);

/** Members of a path that hold one name without folders. */
export const PATH_NAME_PARTS: ReadonlySet<string> = new Set(['name', 'stem', 'suffix']);

/** Functions whose name says that they make text harmless: a project's own are believed. */
export const SAYS_CLEAN = /^_?(?:\w+_)?(?:sanitiz|sanitis|slugif|secure_filename|safe_(?:file_?)?name|escape)/i;

export const EVERY_SINK: readonly Sink[] = ['path', 'shell', 'html', 'url', 'log'];
