import type { Range } from '../../base/range.js';
import { MAX_PROBLEMS, type PythonTree, type SyntaxProblem } from './tree.js';

const INITIAL_SIZE = 1 << 12;
/** Arrays above this many entries are given back after use, so that one huge file does not pin memory. */
const KEPT_SIZE = 1 << 20;

function doubledBytes(array: Uint8Array): Uint8Array<ArrayBuffer> {
  const larger = new Uint8Array(array.length * 2);
  larger.set(array);
  return larger;
}

function doubled(array: Int32Array): Int32Array<ArrayBuffer> {
  const larger = new Int32Array(array.length * 2);
  larger.set(array);
  return larger;
}

/** The growing arrays behind one tree. Reused from parse to parse, because allocating them would cost more than parsing. */
export class Arena {
  tokenKind = new Uint8Array(INITIAL_SIZE);
  tokenStart = new Int32Array(INITIAL_SIZE);
  tokenEnd = new Int32Array(INITIAL_SIZE);
  tokenCount = 0;

  nodeKind = new Uint8Array(INITIAL_SIZE);
  nodeFrom = new Int32Array(INITIAL_SIZE);
  nodeTo = new Int32Array(INITIAL_SIZE);
  nodeFirst = new Int32Array(INITIAL_SIZE);
  nodeAux = new Int32Array(INITIAL_SIZE);
  nodeCount = 0;

  commentStart = new Int32Array(INITIAL_SIZE >> 2);
  commentEnd = new Int32Array(INITIAL_SIZE >> 2);
  commentCount = 0;

  problems: SyntaxProblem[] = [];

  reset(): void {
    this.tokenCount = 0;
    this.nodeCount = 0;
    this.commentCount = 0;
    this.problems = [];
  }

  growTokens(): void {
    this.tokenKind = doubledBytes(this.tokenKind);
    this.tokenStart = doubled(this.tokenStart);
    this.tokenEnd = doubled(this.tokenEnd);
  }

  growNodes(): void {
    this.nodeKind = doubledBytes(this.nodeKind);
    this.nodeFrom = doubled(this.nodeFrom);
    this.nodeTo = doubled(this.nodeTo);
    this.nodeFirst = doubled(this.nodeFirst);
    this.nodeAux = doubled(this.nodeAux);
  }

  addComment(start: number, end: number): void {
    const index = this.commentCount++;
    if (index >= this.commentStart.length) {
      this.commentStart = doubled(this.commentStart);
      this.commentEnd = doubled(this.commentEnd);
    }
    this.commentStart[index] = start;
    this.commentEnd[index] = end;
  }

  /** Records a problem; a second one at the same place says nothing new and is dropped. */
  addProblem(range: Range, message: string): void {
    const problems = this.problems;
    if (problems.length >= MAX_PROBLEMS) return;
    if (problems.length > 0 && problems[problems.length - 1]!.range.start === range.start) return;
    problems.push({ range, message });
  }

  /** Gives back oversized arrays. Only when no tree uses them any more. */
  trim(): void {
    if (this.tokenKind.length > KEPT_SIZE) {
      this.tokenKind = new Uint8Array(INITIAL_SIZE);
      this.tokenStart = new Int32Array(INITIAL_SIZE);
      this.tokenEnd = new Int32Array(INITIAL_SIZE);
    }
    if (this.nodeKind.length > KEPT_SIZE) {
      this.nodeKind = new Uint8Array(INITIAL_SIZE);
      this.nodeFrom = new Int32Array(INITIAL_SIZE);
      this.nodeTo = new Int32Array(INITIAL_SIZE);
      this.nodeFirst = new Int32Array(INITIAL_SIZE);
      this.nodeAux = new Int32Array(INITIAL_SIZE);
    }
  }

  /** The arrays as a tree of `text`; valid until the arena is used again. */
  tree(text: string): PythonTree {
    const { problems } = this;
    if (problems.length > 1) problems.sort((a, b) => a.range.start - b.range.start);
    return {
      text,
      count: this.nodeCount,
      root: this.nodeCount - 1,
      kind: this.nodeKind,
      from: this.nodeFrom,
      to: this.nodeTo,
      first: this.nodeFirst,
      aux: this.nodeAux,
      tokenCount: this.tokenCount,
      tokenKind: this.tokenKind,
      tokenStart: this.tokenStart,
      tokenEnd: this.tokenEnd,
      commentCount: this.commentCount,
      commentStart: this.commentStart,
      commentEnd: this.commentEnd,
      errors: problems,
    };
  }
}
