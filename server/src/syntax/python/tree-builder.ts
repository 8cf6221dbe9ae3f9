import type { Arena } from './arena.js';
import { FIRST_KEYWORD, Token } from './tokens.js';
import { Kind, type NodeKind } from './tree.js';

/** `aux` of a node that has nothing to say there. */
export const NO_AUX = -1;

/**
 * Reads tokens by index and appends nodes in post-order. The layers above (expressions, patterns, statements) are
 * subclasses, so that all of them share these fields without a call in between.
 *
 * Contract of every method that reads an expression or pattern: it appends exactly one node with its children before it,
 * an empty `Error` when there is none. Structure therefore never shifts in broken code.
 */
export abstract class TreeBuilder {
  /**
   * Recursion limit, counted in expressions, patterns and fields inside one another. CPython stops at 200 brackets.
   * One level takes about a dozen stack frames, so the limit stays far from the smallest stacks in use (browser workers).
   */
  static readonly maximumDepth = 200;

  protected arena!: Arena;
  protected source!: Uint16Array;
  protected tokenKind!: Uint8Array;
  protected tokenStart!: Int32Array;
  protected tokenEnd!: Int32Array;
  private nodeKind!: Uint8Array;
  private nodeFrom!: Int32Array;
  private nodeTo!: Int32Array;
  private nodeFirst!: Int32Array;
  private nodeAux!: Int32Array;
  private capacity = 0;

  /** Index of the next unread token. */
  protected at = 0;
  /** Number of nodes so far, which is the index the next one gets. */
  protected nodes = 0;
  protected depth = 0;

  protected open(arena: Arena, source: Uint16Array): void {
    this.arena = arena;
    this.source = source;
    this.tokenKind = arena.tokenKind;
    this.tokenStart = arena.tokenStart;
    this.tokenEnd = arena.tokenEnd;
    this.useNodeArrays();
    this.at = 0;
    this.nodes = 0;
    this.depth = 0;
  }

  private useNodeArrays(): void {
    const { arena } = this;
    this.nodeKind = arena.nodeKind;
    this.nodeFrom = arena.nodeFrom;
    this.nodeTo = arena.nodeTo;
    this.nodeFirst = arena.nodeFirst;
    this.nodeAux = arena.nodeAux;
    this.capacity = arena.nodeKind.length;
  }

  private append(kind: NodeKind, from: number, to: number, first: number, aux: number): void {
    const node = this.nodes;
    if (node >= this.capacity) {
      this.arena.growNodes();
      this.useNodeArrays();
    }
    this.nodeKind[node] = kind;
    // Only an empty Error node can start before the first token of its parent.
    this.nodeFrom[node] = first < node && this.nodeFrom[first]! < from ? this.nodeFrom[first]! : from;
    this.nodeTo[node] = to;
    this.nodeFirst[node] = first;
    this.nodeAux[node] = aux;
    this.nodes = node + 1;
  }

  /** Appends a node from token `startToken` up to the last token read; `first` is the node count before its children. */
  protected emit(kind: NodeKind, startToken: number, first: number, aux: number): void {
    const { at } = this;
    if (at > startToken) this.append(kind, this.tokenStart[startToken]!, this.tokenEnd[at - 1]!, first, aux);
    else this.append(kind, this.gap(), this.gap(), first, aux);
  }

  /** As `emit`, for nodes that end where their last child ends, not at the last token read. */
  protected emitToLastChild(kind: NodeKind, startToken: number, first: number, aux: number): void {
    this.append(kind, this.tokenStart[startToken]!, this.nodeTo[this.nodes - 1]!, first, aux);
  }

  /** A block with the statements since `first`; empty where none was found. */
  protected emitBlock(startToken: number, first: number): void {
    if (this.nodes > first) this.emitToLastChild(Kind.Block, startToken, first, NO_AUX);
    else this.append(Kind.Block, this.gap(), this.gap(), first, NO_AUX);
  }

  protected emitModule(end: number): void {
    this.append(Kind.Module, 0, end, 0, NO_AUX);
    this.arena.nodeCount = this.nodes;
  }

  /** Where something missing belongs: right after the last token read. */
  private gap(): number {
    return this.at > 0 ? this.tokenEnd[this.at - 1]! : this.tokenStart[0]!;
  }

  /** Records a problem at the next token. */
  protected problem(message: string): void {
    const start = this.tokenStart[this.at]!;
    this.arena.addProblem({ start, end: this.tokenEnd[this.at]! }, message);
  }

  /** Stands for an expression or pattern that is not there. */
  protected missing(message: string): void {
    this.problem(message);
    this.append(Kind.Error, this.gap(), this.gap(), this.nodes, NO_AUX);
  }

  protected expect(kind: Token, message: string): boolean {
    if (this.tokenKind[this.at] === kind) {
      this.at++;
      return true;
    }
    this.problem(message);
    return false;
  }

  /** Reads a name and returns its token, −1 when there is none. */
  protected name(): number {
    if (this.tokenKind[this.at] === Token.Name) return this.at++;
    this.problem('expected a name');
    // A keyword in the place of a name (`def print`, `import async`) is read as one, unless it may start the next clause.
    const kind = this.tokenKind[this.at]!;
    if (kind >= FIRST_KEYWORD && kind !== Token.Import && kind !== Token.As && kind !== Token.If) return this.at++;
    return -1;
  }

  /** True when the token's text is `word`. */
  protected isWord(token: number, word: string): boolean {
    const start = this.tokenStart[token]!;
    if (this.tokenKind[token] !== Token.Name || this.tokenEnd[token]! - start !== word.length) return false;
    for (let i = 0; i < word.length; i++) if (this.source[start + i] !== word.charCodeAt(i)) return false;
    return true;
  }

  /**
   * At the recursion limit: replaces whatever comes next by one Error node. A bracket or an f-string is skipped whole,
   * and because it is never looked at again, the total work stays linear.
   */
  protected tooDeep(): void {
    this.problem('nested too deeply');
    const start = this.at;
    const first = this.nodes;
    let brackets = 0;
    do {
      const kind = this.tokenKind[this.at]!;
      if (kind <= Token.Newline) break;
      if (opens(kind)) brackets++;
      else if (closes(kind)) {
        if (brackets === 0) break;
        brackets--;
      }
      this.at++;
    } while (brackets > 0);
    this.emit(Kind.Error, start, first, NO_AUX);
  }
}

function opens(kind: number): boolean {
  return (
    kind === Token.LeftParen ||
    kind === Token.LeftBracket ||
    kind === Token.LeftBrace ||
    kind === Token.FStringStart ||
    kind === Token.FieldOpen
  );
}

function closes(kind: number): boolean {
  return (
    kind === Token.RightParen ||
    kind === Token.RightBracket ||
    kind === Token.RightBrace ||
    kind === Token.FStringEnd ||
    kind === Token.FieldClose
  );
}
