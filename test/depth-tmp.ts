import { execSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { parseAllDocuments } from 'yaml';
import { parseTOML } from 'toml-eslint-parser';
import { tooDeepAt } from '../server/src/syntax/yaml/depth.js';
const files = execSync(`find / \\( -path /proc -o -path /sys \\) -prune -o -type f \\( -name '*.yaml' -o -name '*.yml' \\) -print 2>/dev/null; true`, { maxBuffer: 1e9, shell: '/bin/bash' }).toString().split('\n').filter(Boolean);
let max = 0, hit = 0, t = 0;
for (const f of files) { const s = readFileSync(f, 'utf8'); const a = performance.now(); if (tooDeepAt(s) !== undefined) { hit++; console.log('hit', f); } t += performance.now() - a; let d = 0; for (const c of s) { if (c === '[' || c === '{') d++; else if ((c === ']' || c === '}') && d > 0) d--; max = Math.max(max, d); } }
console.log(files.length, 'hits', hit, 'max raw', max, t.toFixed(0), 'ms');
const o = { uniqueKeys: false, prettyErrors: false, logLevel: 'silent', strict: false } as const;
const lim = (make: (n: number) => string, p: (s: string) => boolean) => { let lo = 1, hi = 60000; while (lo < hi) { const m = (lo + hi + 1) >> 1; let ok; try { ok = p(make(m)); } catch (e) { ok = false; } if (ok) lo = m; else hi = m - 1; } return lo; };
const y = (s: string) => { const d = parseAllDocuments(s, o) as any; return !d.some((x: any) => x.errors.some((e: any) => /EXHAUST|stack/i.test(e.code + e.message))); };
console.log('yaml [', lim((n) => '['.repeat(n) + ']'.repeat(n), y), '{a:', lim((n) => '{a: '.repeat(n) + '}'.repeat(n), y), '- ', lim((n) => '- '.repeat(n), y), '? ', lim((n) => '? '.repeat(n), y), 'indent', lim((n) => Array.from({ length: Math.min(n, 3000) }, (_, i) => ' '.repeat(i) + 'a:').join('\n'), y), 'dedent', lim((n) => Array.from({ length: Math.min(n, 3000) }, (_, i) => ' '.repeat(i) + 'a:').join('\n')+'\nb: 1', y));
console.log('props', lim((n) => 'a: ' + '&a '.repeat(n), y), 'lines', lim((n) => 'a: b\n' + '  c\n'.repeat(n), y), 'comments', lim((n) => '# a\n'.repeat(n) + 'a: 1', y), 'docs', lim((n) => '---\n'.repeat(n), y), 'blank', lim((n) => 'a:\n' + '\n'.repeat(n) + '  b: 1', y), 'colons', lim((n) => 'a' + ':'.repeat(n), y), ': :', lim((n) => ': '.repeat(n), y),'a: a:', lim((n) => 'a: '.repeat(n), y),'- #', lim((n) => 'x:\n'+'- # a\n'.repeat(n), y), 'tags', lim((n) => '!a '.repeat(n), y),', ', lim((n) => '[' + ','.repeat(n), y), 'pct', lim((n) => '%a\n'.repeat(n), y));
const tm = (s: string) => { try { parseTOML(s); return true; } catch (e) { return !(e instanceof RangeError); } };
console.log('toml [', lim((n) => 'a = ' + '['.repeat(n) + ']'.repeat(n), tm), '{', lim((n) => 'a = ' + '{a='.repeat(n) + '1' + '}'.repeat(n), tm), 'dots', lim((n) => 'a.'.repeat(n) + 'b=1', tm), 'lines', lim((n) => '\n'.repeat(n), tm), 'comments', lim((n) => '#a\n'.repeat(n), tm), 'hdr', lim((n) => '[' + 'a.'.repeat(n) + 'b]', tm), 'ws', lim((n) => 'a =' + ' '.repeat(n) + '1', tm), 'str', lim((n) => 'a = "' + 'x'.repeat(n) + '"', tm), 'esc', lim((n) => 'a = """' + '\\\n'.repeat(n) + '"""', tm), 'arrnl', lim((n) => 'a = [' + '\n'.repeat(n) + ']', tm), 'open', lim((n) => 'a = ' + '['.repeat(n), tm));
