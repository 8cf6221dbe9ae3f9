import { spawnSync } from 'node:child_process';
import { parseAllDocuments } from 'yaml';
import { parseTOML } from 'toml-eslint-parser';
const o = { uniqueKeys: false, prettyErrors: false, logLevel: 'silent', strict: false };
const stair = (n) => Array.from({ length: Math.min(n, 3000) }, (_, i) => ' '.repeat(i) + 'a:').join('\n');
const Y = { 'y[': (n) => '['.repeat(n) + ']'.repeat(n), 'y{a:': (n) => '{a: '.repeat(n) + '}'.repeat(n), 'y- ': (n) => '- '.repeat(n), 'y? ': (n) => '? '.repeat(n), ystair: stair, ydedent: (n) => stair(n) + '\nb: 1', yprops: (n) => 'a: ' + '&a '.repeat(n), ylines: (n) => 'a: b\n' + '  c\n'.repeat(n), ycomments: (n) => '# a\n'.repeat(n) + 'a: 1', ydocs: (n) => '---\n'.repeat(n), yblank: (n) => 'a:\n' + '\n'.repeat(n) + '  b: 1', ycolon: (n) => 'a' + ':'.repeat(n), 'y: :': (n) => ': '.repeat(n), 'ya: a:': (n) => 'a: '.repeat(n), ytags: (n) => '!a '.repeat(n), 'y,': (n) => '[' + ','.repeat(n), 'ypct': (n) => '%a\n'.repeat(n), 'yclose': (n) => ']'.repeat(n), 'y-nl': (n) => '-\n'.repeat(n), 'ytabs': (n) => 'a:\n' + '\t'.repeat(n) + 'b', ycr: (n) => '\r'.repeat(n)+'a', 'y[c': (n) => '[a, # x\n'.repeat(1) + '# y\n'.repeat(n), 'yq': (n) => '"' + '\n'.repeat(n) + '"', 'y-mix': (n) => '- a: b\n  '.repeat(1) + '- \n'.repeat(n) };
const T = { 't[': (n) => 'a = ' + '['.repeat(n) + ']'.repeat(n), 't{': (n) => 'a = ' + '{a='.repeat(n) + '1' + '}'.repeat(n), tdots: (n) => 'a.'.repeat(n) + 'b=1', tlines: (n) => '\n'.repeat(n), tcomments: (n) => '#a\n'.repeat(n), thdr: (n) => '[' + 'a.'.repeat(n) + 'b]', tstr: (n) => 'a = "' + 'x'.repeat(n) + '"', tesc: (n) => 'a = """' + '\\\n'.repeat(n) + '"""', tarr: (n) => 'a = [' + '\n'.repeat(n) + ']', topen: (n) => 'a = ' + '['.repeat(n) };
const [, , shape, size] = process.argv;
if (shape) {
  const n = Number(size);
  try {
    if (Y[shape]) { const d = parseAllDocuments(Y[shape](n), o); const list = Array.isArray(d) ? d : []; if (list.some((x) => x.errors.some((e) => /EXHAUST|call stack/i.test(e.code + e.message)))) process.exit(3); }
    else parseTOML(T[shape](n));
  } catch (e) { process.exit(e instanceof RangeError ? 4 : 0); }
  process.exit(0);
}
for (const name of [...Object.keys(Y), ...Object.keys(T)]) {
  let out = 'ok to 60000';
  for (const n of [200, 400, 600, 900, 1300, 2000, 4000, 8000, 16000, 60000]) {
    const r = spawnSync(process.execPath, [process.argv[1], name, String(n)], { timeout: 20000 });
    if (r.status !== 0) { out = `${n}: ${r.status === 3 ? 'resource error' : r.status === 4 ? 'RangeError' : r.signal === 'SIGTERM' ? 'timeout' : 'CRASH ' + r.signal}`; break; }
  }
  if (out !== 'ok to 60000') console.log(name.padEnd(10), out);
}
