import {
  type AliasEvent,
  boolCoreTag,
  COLLECTION_STYLE,
  EVENT_ID,
  type Event,
  floatCoreTag,
  getScalarValue,
  intCoreTag,
  type MappingEvent,
  NOT_RESOLVED,
  nullCoreTag,
  SCALAR_STYLE,
  type ScalarEvent,
  type ScalarTagDefinition,
  type SequenceEvent,
} from 'js-yaml';
import type { Range } from '../../base/range.js';
import { yamlEvents } from '../../syntax/yaml/events.js';
import type { ConfigEntry, ScalarStyle } from './entry.js';
import type { ConfigNode, ConfigTree } from './node.js';
import { type YamlProperties, YamlTree } from './yaml-tree.js';

const STYLES: Readonly<Record<ScalarEvent['style'], ScalarStyle>> = {
  [SCALAR_STYLE.PLAIN]: 'plain',
  [SCALAR_STYLE.SINGLE_QUOTED]: 'single',
  [SCALAR_STYLE.DOUBLE_QUOTED]: 'double',
  [SCALAR_STYLE.LITERAL_BLOCK]: 'literal',
  [SCALAR_STYLE.FOLDED_BLOCK]: 'folded',
};

/** Tags whose values are read like plain ones. */
const TYPED = /^!!(?:int|float|bool|null)$/;

/** The types of the core schema by the characters their values begin with; the empty text is null. */
const CORE_TYPES = new Map<string, ScalarTagDefinition[]>();
for (const type of [nullCoreTag, boolCoreTag, intCoreTag, floatCoreTag]) {
  for (const first of type.implicitFirstChars ?? []) CORE_TYPES.set(first, [...(CORE_TYPES.get(first) ?? []), type]);
}

const NO_PROPERTIES: YamlProperties = { tag: undefined, anchor: undefined };

/** Thrown to leave a stream to the other reader. */
class Unusual extends Error {}

/**
 * Reads a well-formed YAML stream in one pass over its events, O(n). Undefined for what is not well formed, and for the few
 * things whose place events do not tell: then `readYamlNodes` reads it.
 */
export function readYamlEvents(text: string): ConfigTree | undefined {
  const events = yamlEvents(text);
  if (events === undefined) return undefined;
  const tree = new YamlTree(text);
  try {
    const roots = new EventReader(events, tree).documents();
    // A template is one by what is not well formed in it.
    return { roots, errors: tree.errors.list, template: false };
  } catch (error) {
    if (error instanceof Unusual) return undefined;
    throw error;
  }
}

class EventReader {
  readonly #events: readonly Event[];
  readonly #tree: YamlTree;
  readonly #text: string;
  #next = 0;
  /** Behind the last token read: separators and closing brackets, which are no events, are looked for from here. */
  #behind = 0;

  constructor(events: readonly Event[], tree: YamlTree) {
    this.#events = events;
    this.#tree = tree;
    this.#text = tree.text;
  }

  documents(): ConfigNode[] {
    const roots: ConfigNode[] = [];
    while (this.#next < this.#events.length) {
      const event = this.#events[this.#next++]!;
      // Directives change what tags mean.
      if (event.type !== EVENT_ID.DOCUMENT || event.directives.length > 0) throw new Unusual();
      this.#tree.startDocument();
      if (event.explicitStart) this.#pass('---');
      roots.push(this.#node());
      this.#next++;
      if (event.explicitEnd) this.#pass('...');
    }
    return roots;
  }

  /** The parser bounds the depth, so recursion is safe. */
  #node(): ConfigNode {
    const event = this.#events[this.#next++]!;
    switch (event.type) {
      case EVENT_ID.SCALAR:
        return this.#scalar(event);
      case EVENT_ID.ALIAS:
        return this.#alias(event);
      case EVENT_ID.MAPPING:
      case EVENT_ID.SEQUENCE:
        return this.#collection(event);
      default:
        throw new Unusual();
    }
  }

  #alias({ anchorStart, anchorEnd }: AliasEvent): ConfigNode {
    const name = this.#text.slice(anchorStart, anchorEnd);
    this.#behind = anchorEnd;
    return this.#tree.alias(name, { start: anchorStart - 1, end: anchorEnd });
  }

  #scalar(event: ScalarEvent): ConfigNode {
    const properties = this.#properties(event);
    const range = this.#scalarRange(event);
    const style = STYLES[event.style];
    const value = typed(getScalarValue(this.#text, event), style, properties.tag);
    this.#behind = range.end;
    return this.#tree.scalar(range, value, style, properties);
  }

  #scalarRange(event: ScalarEvent): Range {
    const { valueStart: start, valueEnd: end } = event;
    if (start < 0) return this.#absent(event);
    if (isBlock(event)) return this.#tree.withoutTrailingSpace({ start: this.#blockHeader(event), end });
    return event.style === SCALAR_STYLE.PLAIN ? { start, end } : { start: start - 1, end: end + 1 };
  }

  /** The `|` or `>` of a block scalar: the first thing behind the separators and properties before it. */
  #blockHeader(event: ScalarEvent): number {
    let at = this.#skipSpace(Math.max(this.#behind, event.tagEnd, event.anchorEnd));
    while (':-?'.includes(this.#text[at]!) && at < event.valueStart) at = this.#skipSpace(at + 1);
    if (this.#text[at] !== '|' && this.#text[at] !== '>') throw new Unusual();
    return at;
  }

  /** Where a value that is not there would stand: right behind its key's colon, its dash or its tag. */
  #absent({ tagEnd, anchorEnd }: ScalarEvent): Range {
    const properties = Math.max(tagEnd, anchorEnd);
    if (properties >= 0) return { start: properties, end: properties };
    return { start: this.#behind, end: this.#behind };
  }

  #collection(event: MappingEvent | SequenceEvent): ConfigNode {
    const flow = event.style === COLLECTION_STYLE.FLOW;
    const kind = event.type === EVENT_ID.MAPPING ? 'map' : 'list';
    const { start } = event;
    const entry = this.#tree.collection(kind, { start, end: start }, flow, this.#properties(event));
    const bracket = flow && '[{'.includes(this.#text[start]!);
    this.#behind = bracket ? start + 1 : start;
    if (kind === 'map') this.#pairs(entry);
    else this.#items(entry, flow);
    this.#next++;
    if (bracket) this.#close(entry, start, kind === 'map' ? '}' : ']');
    else this.#tree.spanBlock(entry, start);
    return entry;
  }

  #close(entry: ConfigNode, start: number, bracket: string): void {
    let at = this.#skipSpace(this.#behind);
    if (this.#text[at] === ',') at = this.#skipSpace(at + 1);
    if (this.#text[at] !== bracket) throw new Unusual();
    this.#behind = at + 1;
    entry.setValueRange({ start, end: at + 1 });
  }

  #items(list: ConfigNode, flow: boolean): void {
    while (this.#events[this.#next]!.type !== EVENT_ID.POP) {
      if (!flow) this.#pass('-');
      list.append(this.#node());
    }
  }

  #pairs(map: ConfigNode): void {
    const seen = new Set<string>();
    while (this.#events[this.#next]!.type !== EVENT_ID.POP) {
      const event = this.#events[this.#next++]!;
      // Other keys are mostly template authors' `{{ x }}: y`.
      if (event.type !== EVENT_ID.SCALAR || event.valueStart < 0 || isBlock(event)) throw new Unusual();
      const keyRange = this.#scalarRange(event);
      this.#behind = keyRange.end;
      this.#pass(':');
      this.#tree.pair(map, seen, getScalarValue(this.#text, event), keyRange, this.#node());
    }
  }

  /** Goes behind a separator when it is what comes next. */
  #pass(separator: string): void {
    const at = this.#skipSpace(this.#behind);
    if (this.#text.startsWith(separator, at)) this.#behind = at + separator.length;
  }

  /** Behind white space, line breaks and comments. */
  #skipSpace(from: number): number {
    const text = this.#text;
    let at = from;
    for (;;) {
      const code = text.charCodeAt(at);
      if (code === 0x20 || code === 0x0a || code === 0x0d || code === 0x09) at++;
      else if (code === 0x23) {
        while (at < text.length && text.charCodeAt(at) !== 0x0a && text.charCodeAt(at) !== 0x0d) at++;
      } else return at;
    }
  }

  #properties(event: ScalarEvent | MappingEvent | SequenceEvent): YamlProperties {
    const { tagStart, tagEnd, anchorStart, anchorEnd } = event;
    if (tagStart < 0 && anchorStart < 0) return NO_PROPERTIES;
    const tag = tagStart < 0 ? undefined : this.#text.slice(tagStart, tagEnd);
    // Verbatim and encoded tags are for the library to decode.
    if (tag !== undefined && (tag.startsWith('!<') || tag.includes('%'))) throw new Unusual();
    return { tag, anchor: anchorStart < 0 ? undefined : this.#text.slice(anchorStart, anchorEnd) };
  }
}

const isBlock = ({ style }: ScalarEvent): boolean =>
  style === SCALAR_STYLE.LITERAL_BLOCK || style === SCALAR_STYLE.FOLDED_BLOCK;

/** YAML 1.2 core schema: only plain scalars are numbers, booleans or null, and what a tag says is one. */
function typed(written: string, style: ScalarStyle, tag: string | undefined): ConfigEntry['value'] {
  if (tag === undefined ? style !== 'plain' : !TYPED.test(tag)) return written;
  for (const { resolve, tagName } of CORE_TYPES.get(written.charAt(0)) ?? []) {
    const value = resolve(written, false, tagName);
    if (value !== NOT_RESOLVED) return value as ConfigEntry['value'];
  }
  return written;
}
