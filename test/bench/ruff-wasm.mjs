// A cold process that gives the files named on standard input to Ruff's security rules, as an editor in a browser would.
import { readFileSync } from 'node:fs';
import { PositionEncoding, Workspace } from '@astral-sh/ruff-wasm-nodejs';

const workspace = new Workspace({ lint: { select: ['S'] } }, PositionEncoding.Utf16);
let found = 0;
for (const path of readFileSync(0, 'utf8').split('\n')) {
  if (path !== '') found += workspace.check(readFileSync(path, 'utf8')).length;
}
console.log(found);
