import * as c from './characters.js';
import { readExpression } from './expression.js';
import { Scanner } from './scanner.js';
import type { HclBlock, HclDocument, HclItem, HclName } from './tree.js';

const MAX_DEPTH = 100;

/**
 * Parses HCL. Never throws; O(n). What is never closed would swallow the rest of the file, so such a text is read again with
 * the heads of blocks at the start of a line as the places where everything open ends.
 */
export function parseHcl(text: string): HclDocument {
  const strict = new Scanner(text, false);
  const items = readBody(strict, undefined, 0);
  if (!strict.unclosed) return { items, errors: strict.errors };
  const recovering = new Scanner(text, true);
  return { items: readBody(recovering, undefined, 0), errors: recovering.errors };
}

/** Reads the items of a block whose `{` stands at `start`, or of the whole file. */
function readBody(scanner: Scanner, start: number | undefined, depth: number): readonly HclItem[] {
  const items: HclItem[] = [];
  for (;;) {
    scanner.blanks(true);
    if (start !== undefined && (scanner.done || scanner.anchored())) {
      scanner.open('Unclosed block', start);
      return items;
    }
    if (scanner.done) return items;
    if (scanner.code === c.CLOSE_BRACE) {
      scanner.at++;
      if (start !== undefined) return items;
      scanner.error('Closes nothing', scanner.at - 1);
      continue;
    }
    const item = readItem(scanner, depth);
    if (item !== undefined) items.push(item);
    scanner.blanks(false);
    if (!atEndOfItem(scanner)) {
      if (item !== undefined) scanner.error('Expected a line break');
      passLine(scanner);
    }
  }
}

function atEndOfItem(scanner: Scanner): boolean {
  return scanner.done || c.isBreak(scanner.code) || scanner.code === c.CLOSE_BRACE || scanner.anchored();
}

/** An argument or a block; undefined (with an error) for what is neither. */
function readItem(scanner: Scanner, depth: number): HclItem | undefined {
  const name = scanner.identifier();
  if (name === undefined) {
    scanner.error('Expected an argument or a block');
    return undefined;
  }
  scanner.blanks(false);
  if (scanner.assigns()) {
    scanner.at++;
    scanner.blanks(false);
    return { kind: 'attribute', name, value: readExpression(scanner, 0, true) };
  }
  const labels: HclName[] = [];
  for (let label = readLabel(scanner); label !== undefined; label = readLabel(scanner)) {
    labels.push(label);
    scanner.blanks(false);
  }
  if (scanner.code === c.OPEN_BRACE) return readBlock(scanner, name, labels, depth);
  scanner.error('Expected `=` or `{`');
  return undefined;
}

function readLabel(scanner: Scanner): HclName | undefined {
  if (scanner.code !== c.QUOTE) return scanner.identifier();
  const literal = scanner.string();
  const range = { start: literal.start, end: literal.end };
  const text =
    literal.kind === 'literal' ? String(literal.value) : scanner.text.slice(literal.start + 1, literal.end - 1);
  return { text, range };
}

function readBlock(scanner: Scanner, type: HclName, labels: readonly HclName[], depth: number): HclBlock {
  const start = scanner.at;
  let items: readonly HclItem[] = [];
  if (depth < MAX_DEPTH) {
    scanner.at++;
    items = readBody(scanner, start, depth + 1);
  } else {
    scanner.error('Nested too deeply; not read');
    scanner.skip(true);
  }
  return { kind: 'block', type, labels, body: { start, end: scanner.at }, items };
}

/** Leaves a line that could not be read, with the brackets that it opens. */
function passLine(scanner: Scanner): void {
  while (!atEndOfItem(scanner)) {
    const before = scanner.at;
    scanner.skip(true);
    if (scanner.at === before) scanner.at++;
  }
}
