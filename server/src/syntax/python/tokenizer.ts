import type { Arena } from './arena.js';
import {
  Char,
  CharacterClass,
  characterClass,
  doubledOperator,
  isIdentifierPart,
  operatorWithEqual,
  singleOperator,
} from './characters.js';
import { fieldContinues, followsHeader, guessLine, keywordAt, LineGuess, stringCut } from './layout.js';
import {
  identifierEnd,
  isTripleQuote,
  lineEnd,
  numberEnd,
  PREFIX_FORMATTED,
  PREFIX_RAW,
  singleStringEnd,
  skipBlanks,
  stringPrefix,
  tripleStringEnd,
} from './literal-scanner.js';
import { endsOperand, HASH_FACTOR, keywordTable, LONGEST_KEYWORD, Token } from './tokens.js';

/** Levels of indentation that open blocks; CPython stops at 100. Deeper lines count as the last level. */
const MAX_INDENTATION = 100;
/** Replacement fields inside one another; CPython stops at 150. Deeper ones are read as text. */
const MAX_FIELDS = 100;
const TAB_SIZE = 8;
/** Zeros behind the text, so that looking a few characters ahead needs no bounds check. */
const PADDING = 8;
const INITIAL_SOURCE = 1 << 16;
/** How often the rest of a text may be read again because a bracket or string never ends. Keeps the work linear. */
const MAX_RESTARTS = 4;
const NO_FIELD = -1;

const { mask: keywordMask, hash: keywordHash, kind: keywordKind } = keywordTable;

interface NodeBuffer {
  write(text: string, offset: number, encoding: 'utf16le'): number;
}

/** Node's Buffer where there is one: it copies a string's code units several times as fast as a loop. */
const bufferType = (globalThis as { Buffer?: { from(memory: ArrayBufferLike): NodeBuffer } }).Buffer;
const isLittleEndian = new Uint8Array(new Uint16Array([1]).buffer)[0] === 1;

/**
 * Splits a text into tokens, in one pass over its UTF-16 code units.
 *
 * Valid code is read as CPython reads it. Once a text turns out to be broken (a statement keyword inside brackets, the end of
 * the text inside brackets or inside a triple-quoted string), the affected part is read again in a mode that guesses from
 * the layout where the bracket or string was meant to end. Valid code is therefore never subject to guessing.
 */
export class Tokenizer {
  source = new Uint16Array(INITIAL_SOURCE);
  private nodeBuffer: NodeBuffer | undefined;
  private arena!: Arena;
  private end = 0;

  /** Open brackets outside the main loop; an open replacement field counts as one. */
  private brackets = 0;
  /** Number of brackets at which the innermost replacement field ends, `NO_FIELD` outside of fields. */
  private fieldLevel = NO_FIELD;

  // The formatted string whose literal text is being read.
  private quote = 0;
  private isTriple = 0;
  private isRaw = 0;
  /** Open fields, and open brackets, around the string. */
  private outerFields = 0;
  private outerBrackets = 0;

  // The open replacement fields, outermost first, each with the string it stands in.
  private fields = 0;
  private readonly fieldQuote = new Uint8Array(MAX_FIELDS);
  private readonly fieldIsTriple = new Uint8Array(MAX_FIELDS);
  private readonly fieldIsRaw = new Uint8Array(MAX_FIELDS);
  private readonly fieldOuterFields = new Uint8Array(MAX_FIELDS);
  private readonly fieldOuterBrackets = new Int32Array(MAX_FIELDS);
  /** 1 when the field stands in the format spec of the field below it. */
  private readonly fieldInSpec = new Uint8Array(MAX_FIELDS);

  private readonly indentation = new Int32Array(MAX_INDENTATION + 1);

  /** True when layout may end triple-quoted strings. */
  private cutsStrings = false;
  private hasUnclosedTriple = false;
  private restarts = 0;

  /** Fills the arena's tokens, comments and problems; three `End` tokens close the list. Linear in the length of the text. */
  tokenize(arena: Arena, text: string): void {
    this.arena = arena;
    this.copy(text);
    this.end = text.length;
    this.cutsStrings = false;
    this.restarts = 0;
    this.run();
    if (this.hasUnclosedTriple) {
      arena.reset();
      this.cutsStrings = true;
      this.run();
    }
  }

  /** Gives back the buffer when one huge text has made it longer than `limit`. */
  trim(limit: number): void {
    if (this.source.length <= limit) return;
    this.source = new Uint16Array(INITIAL_SOURCE);
    this.nodeBuffer = undefined;
  }

  private copy(text: string): void {
    const length = text.length;
    if (this.source.length < length + PADDING) {
      this.source = new Uint16Array(Math.max(length + PADDING, this.source.length * 2));
      this.nodeBuffer = undefined;
    }
    const { source } = this;
    if (bufferType !== undefined && isLittleEndian) {
      this.nodeBuffer ??= bufferType.from(source.buffer);
      this.nodeBuffer.write(text, 0, 'utf16le');
    } else for (let i = 0; i < length; i++) source[i] = text.charCodeAt(i);
    source.fill(0, length, length + PADDING);
  }

  private push(kind: Token, start: number, end: number): void {
    const { arena } = this;
    if (arena.tokenCount >= arena.tokenKind.length) arena.growTokens();
    const token = arena.tokenCount++;
    arena.tokenKind[token] = kind;
    arena.tokenStart[token] = start;
    arena.tokenEnd[token] = end;
  }

  private problem(start: number, end: number, message: string): void {
    this.arena.addProblem({ start, end }, message);
  }

  /**
   * The main loop. It keeps its state in local variables, which is worth a third of the speed; whatever is rare lives in methods,
   * which see the token count and the bracket count through fields.
   */
  private run(): void {
    const { arena, source, end, indentation } = this;
    this.fields = 0;
    this.fieldLevel = NO_FIELD;
    this.hasUnclosedTriple = false;
    indentation[0] = 0;
    let level = 0;
    let i = source[0] === 0xfeff ? 1 : 0;
    let atLineStart = true;
    let brackets = 0;
    let fieldLevel = NO_FIELD;
    let bracketStart = 0;
    /** Layout decides about brackets up to here. */
    let guessUntil = 0;
    // The current logical line: its indentation, its start, and what had been found before it.
    let lineColumn = 0;
    let lineStart = i;
    let lineToken = 0;
    let lineComment = 0;
    let lineProblem = 0;

    let kinds = arena.tokenKind;
    let starts = arena.tokenStart;
    let ends = arena.tokenEnd;
    let count = 0;

    for (;;) {
      if (i >= end) {
        if (brackets === 0) break;
        for (let field = 0; field < this.fields; field++) {
          if (this.fieldIsTriple[field] === 1) this.hasUnclosedTriple = true;
        }
        if (guessUntil > end || this.restarts >= MAX_RESTARTS) {
          this.problem(bracketStart, bracketStart + 1, 'bracket is never closed');
          break;
        }
        this.restarts++;
        guessUntil = end + 1;
        i = lineStart;
        count = lineToken;
        arena.commentCount = lineComment;
        arena.problems.length = lineProblem;
        brackets = 0;
        this.fields = 0;
        fieldLevel = NO_FIELD;
      }
      let code = source[i]!;
      if (atLineStart) {
        let column = 0;
        let continued = 0;
        for (; ; code = source[++i]!) {
          if (code === Char.Space) column++;
          else if (code === Char.Tab) column = (column | (TAB_SIZE - 1)) + 1;
          else if (code === Char.FormFeed) column = 0;
          else if (code === Char.Backslash && characterClass[source[i + 1]!] === CharacterClass.LineBreak) {
            // The line goes on in the next one; the first indentation that is not zero counts.
            i = this.lineContinuation(i) - 1;
            continued ||= column;
            column = 0;
          } else break;
        }
        column = continued || column;
        if (code === Char.Hash) {
          const comment = i;
          i = lineEnd(source, i, end);
          arena.addComment(comment, i);
          code = source[i]!;
        }
        if (i >= end) continue;
        if (code === Char.LineFeed || code === Char.Return) {
          i++;
          continue;
        }
        atLineStart = false;
        if (column !== indentation[level]!) {
          arena.tokenCount = count;
          level = this.changeIndentation(level, column, i);
          count = arena.tokenCount;
          kinds = arena.tokenKind;
          starts = arena.tokenStart;
          ends = arena.tokenEnd;
        }
        lineColumn = column;
        lineStart = i;
        lineToken = count;
        lineComment = arena.commentCount;
        lineProblem = arena.problems.length;
      }

      const start = i;
      let kind: number;
      const characters = characterClass[code];
      if (characters === CharacterClass.Identifier) {
        let hash = code;
        for (code = source[++i]!; isIdentifierPart[code] === 1; code = source[++i]!) {
          hash = (Math.imul(hash, HASH_FACTOR) + code) | 0;
        }
        const length = i - start;
        if (length <= 2 && (code === Char.DoubleQuote || code === Char.SingleQuote)) {
          const prefix = stringPrefix(source, start, i);
          if (prefix >= 0) {
            if ((prefix & PREFIX_FORMATTED) !== 0) {
              if (brackets === 0) bracketStart = start;
              arena.tokenCount = count;
              this.brackets = brackets;
              i = this.formattedString(start, i, prefix);
              brackets = this.brackets;
              fieldLevel = this.fieldLevel;
              count = arena.tokenCount;
              kinds = arena.tokenKind;
              starts = arena.tokenStart;
              ends = arena.tokenEnd;
              continue;
            }
            i = this.string(i);
            kind = Token.String;
          } else kind = Token.Name;
        } else kind = Token.Name;
        if (kind === Token.Name) {
          const slot = hash & keywordMask;
          if (keywordHash[slot] === hash && length <= LONGEST_KEYWORD && keywordKind[slot] !== 0) {
            kind = keywordAt(source, start, length, slot);
          }
        }
      } else if (characters === CharacterClass.Space) {
        do code = source[++i]!;
        while (code === Char.Space);
        continue;
      } else if (characters === CharacterClass.Other) {
        if (brackets === fieldLevel && this.endsFieldExpression(code, source[i + 1]!)) {
          arena.tokenCount = count;
          this.brackets = brackets;
          i = this.endFieldExpression(i, code);
          brackets = this.brackets;
          fieldLevel = this.fieldLevel;
          count = arena.tokenCount;
          kinds = arena.tokenKind;
          starts = arena.tokenStart;
          ends = arena.tokenEnd;
          continue;
        }
        kind = singleOperator[code & 127]!;
        i++;
        const next = source[i]!;
        switch (kind) {
          case Token.LeftParen:
          case Token.LeftBracket:
          case Token.LeftBrace:
            if (brackets++ === 0) bracketStart = start;
            break;
          case Token.RightParen:
          case Token.RightBracket:
          case Token.RightBrace:
            if (brackets > 0 && brackets !== fieldLevel) brackets--;
            break;
          case Token.Comma:
            break;
          case Token.Dot:
            if (next === Char.Dot && source[i + 1] === Char.Dot) {
              kind = Token.Dots;
              i += 2;
            } else if (characterClass[next] === CharacterClass.Digit) {
              kind = Token.Number;
              i = numberEnd(source, start);
            }
            break;
          case 0:
            kind = Token.Invalid;
            this.problem(start, i, 'unexpected character');
            break;
          default:
            if (next === Char.Equal) {
              const withEqual = operatorWithEqual[code]!;
              if (withEqual !== 0) {
                kind = withEqual;
                i++;
              }
            } else if (next === code) {
              const doubled = doubledOperator[code]!;
              if (doubled !== 0) {
                kind = doubled;
                i++;
                if (source[i] === Char.Equal) {
                  kind = Token.Augmented;
                  i++;
                }
              }
            } else if (next === Char.Greater) {
              if (code === Char.Minus) {
                kind = Token.Arrow;
                i++;
              } else if (code === Char.Less) {
                kind = Token.NotEqual;
                i++;
              }
            }
        }
      } else if (characters === CharacterClass.LineBreak) {
        i++;
        if (code === Char.Return && source[i] === Char.LineFeed) i++;
        if (brackets > 0) {
          if (fieldLevel !== NO_FIELD) {
            if (this.fieldIsTriple[this.fields - 1] === 0 && !fieldContinues(source, i, end, brackets - fieldLevel)) {
              arena.tokenCount = count;
              this.problem(start, start, 'expected "}"');
              this.returnToString();
              this.leaveString(start, start);
              i = start;
              brackets = this.brackets;
              fieldLevel = this.fieldLevel;
              count = arena.tokenCount;
              kinds = arena.tokenKind;
              starts = arena.tokenStart;
              ends = arena.tokenEnd;
            }
            continue;
          }
          const guesses = start < guessUntil;
          const afterHeader = guesses && kinds[count - 1] === Token.Colon && isCompound(kinds[lineToken]!);
          const guess = guessLine(source, i, end, lineColumn, afterHeader);
          if (guess === LineGuess.Continues || (guess === LineGuess.LooksLikeStatement && !guesses)) continue;
          if (!guesses) {
            guessUntil = i;
            i = lineStart;
            count = lineToken;
            arena.commentCount = lineComment;
            arena.problems.length = lineProblem;
            brackets = 0;
            continue;
          }
          this.problem(bracketStart, bracketStart + 1, 'bracket is never closed');
          brackets = 0;
          if (guessUntil > end && this.restarts < MAX_RESTARTS) guessUntil = 0;
        }
        kind = Token.Newline;
        atLineStart = true;
      } else if (characters === CharacterClass.Quote) {
        if (fieldLevel !== NO_FIELD && this.quoteEndsString(i, code, kinds[count - 1]!)) {
          arena.tokenCount = count;
          i = this.endStringInField(i);
          brackets = this.brackets;
          fieldLevel = this.fieldLevel;
          count = arena.tokenCount;
          kinds = arena.tokenKind;
          starts = arena.tokenStart;
          ends = arena.tokenEnd;
          continue;
        }
        i = this.string(i);
        kind = Token.String;
      } else if (characters === CharacterClass.Digit) {
        i = numberEnd(source, i);
        kind = Token.Number;
      } else if (characters === CharacterClass.Comment) {
        i = lineEnd(source, i, end);
        arena.addComment(start, i);
        continue;
      } else {
        i = this.lineContinuation(i);
        continue;
      }

      if (count >= kinds.length) {
        arena.tokenCount = count;
        arena.growTokens();
        kinds = arena.tokenKind;
        starts = arena.tokenStart;
        ends = arena.tokenEnd;
      }
      kinds[count] = kind;
      starts[count] = start;
      ends[count++] = i;
    }
    arena.tokenCount = count;
    this.finish(level);
  }

  /** Closes the last line and all blocks. */
  private finish(level: number): void {
    const { arena, end } = this;
    if (arena.tokenCount > 0 && arena.tokenKind[arena.tokenCount - 1] !== Token.Newline)
      this.push(Token.Newline, end, end);
    for (; level > 0; level--) this.push(Token.Dedent, end, end);
    for (let i = 0; i < 3; i++) this.push(Token.End, end, end);
  }

  private changeIndentation(level: number, column: number, i: number): number {
    const { indentation } = this;
    if (column > indentation[level]!) {
      if (level >= MAX_INDENTATION) {
        this.problem(i, i, 'indented too deeply');
        return level;
      }
      indentation[level + 1] = column;
      this.push(Token.Indent, i, i);
      return level + 1;
    }
    while (column < indentation[level]!) {
      level--;
      this.push(Token.Dedent, i, i);
    }
    if (column > indentation[level]!) this.problem(i, i, 'indentation matches no outer line');
    return level;
  }

  private lineContinuation(i: number): number {
    const { source } = this;
    const next = source[i + 1];
    if (next === Char.Return) return source[i + 2] === Char.LineFeed ? i + 3 : i + 2;
    if (next === Char.LineFeed) return i + 2;
    this.problem(i, i + 1, 'unexpected character after the line continuation');
    const rest = skipBlanks(source, i + 1);
    return source[rest] === Char.LineFeed ? rest + 1 : i + 1;
  }

  // ---- plain strings

  /** End of the string whose opening quote is at `i`. */
  private string(i: number): number {
    const { source, end } = this;
    if (!isTripleQuote(source, i, source[i]!)) {
      const stop = singleStringEnd(source, i, end);
      if (stop >= 0) return Math.min(stop, end);
      this.problem(i, -1 - stop, 'string is not closed');
      return -1 - stop;
    }
    const stop = this.tripleString(i);
    if (stop >= 0) return stop;
    this.hasUnclosedTriple = true;
    this.problem(i, i + 3, 'string is never closed');
    return end;
  }

  /** End of a triple-quoted string, by its quotes or, in a broken text, by the layout; −1 when it is never closed. */
  private tripleString(i: number): number {
    const { source, end } = this;
    const stop = tripleStringEnd(source, i, end);
    if (!this.cutsStrings) return stop;
    const isOdd =
      stop < 0
        ? this.restarts++ < MAX_RESTARTS
        : isIdentifierPart[source[stop]!] === 1 || followsHeader(source, stop - 3, i);
    if (!isOdd) return stop;
    const cut = stringCut(source, i, stop < 0 ? end : stop);
    if (cut < 0) return stop;
    this.problem(i, i + 3, 'string is never closed');
    return cut;
  }

  // ---- formatted strings

  /** Reads an f-string or t-string up to its end or its first replacement field. `i` is at the opening quote. */
  private formattedString(start: number, i: number, prefix: number): number {
    const { source } = this;
    const quote = source[i]!;
    const isTriple = isTripleQuote(source, i, quote);
    if (isTriple && this.cutsStrings) {
      const cut = this.tripleString(i);
      if (cut >= 0 && !isTripleQuote(source, cut - 3, quote)) {
        this.push(Token.String, start, cut);
        return cut;
      }
    }
    this.quote = quote;
    this.isTriple = isTriple ? 1 : 0;
    this.isRaw = (prefix & PREFIX_RAW) !== 0 ? 1 : 0;
    this.outerFields = this.fields;
    this.outerBrackets = this.brackets;
    const text = i + (isTriple ? 3 : 1);
    this.push(Token.FStringStart, start, text);
    return this.literalText(text, 0);
  }

  /** Literal text of the current string up to its end or the next field; `inSpec` is 1 inside the format spec of a field. */
  private literalText(i: number, inSpec: number): number {
    const { source, end, quote } = this;
    while (i < end) {
      switch (source[i]) {
        case quote:
          if (this.isTriple === 0 || isTripleQuote(source, i, quote)) return this.closeString(i, inSpec);
          i++;
          break;
        case Char.Backslash:
          i = this.escape(i);
          break;
        case Char.LineFeed:
        case Char.Return:
          if (this.isTriple === 0) {
            this.problem(i, i, 'string is not closed');
            this.leaveString(i, i);
            return i;
          }
          i++;
          break;
        case Char.LeftBrace:
          if (source[i + 1] === Char.LeftBrace && inSpec === 0) i += 2;
          else if (this.openField(i, inSpec)) return i + 1;
          else i++;
          break;
        case Char.RightBrace:
          if (inSpec === 1) {
            this.push(Token.FieldClose, i, i + 1);
            inSpec = this.fieldInSpec[--this.fields]!;
            i++;
          } else if (source[i + 1] === Char.RightBrace) i += 2;
          else {
            this.problem(i, i + 1, 'a single "}" is not allowed here');
            i++;
          }
          break;
        default:
          i++;
      }
    }
    if (this.isTriple === 1) this.hasUnclosedTriple = true;
    this.problem(end, end, 'string is not closed');
    this.leaveString(end, end);
    return end;
  }

  private closeString(i: number, inSpec: number): number {
    if (inSpec === 1) this.problem(i, i + 1, 'expected "}"');
    const stop = i + (this.isTriple === 1 ? 3 : 1);
    this.leaveString(i, stop);
    return stop;
  }

  /** Skips an escape sequence in literal text. Braces after a backslash still count, except in `\N{name}`. */
  private escape(i: number): number {
    const { source, end } = this;
    const next = source[i + 1]!;
    if (next === Char.LeftBrace || next === Char.RightBrace) return i + 1;
    if (this.isRaw === 1) return next === this.quote || next === Char.Backslash ? i + 2 : i + 1;
    if (next === 78 && source[i + 2] === Char.LeftBrace) {
      let close = i + 3;
      while (isIdentifierPart[source[close]!] === 1 || source[close] === Char.Space || source[close] === Char.Minus)
        close++;
      if (source[close] === Char.RightBrace) return close + 1;
    }
    if (next === Char.Return && source[i + 2] === Char.LineFeed) return i + 3;
    return Math.min(i + 2, end);
  }

  private openField(i: number, inSpec: number): boolean {
    const field = this.fields;
    if (field >= MAX_FIELDS) {
      this.problem(i, i + 1, 'nested too deeply');
      return false;
    }
    this.push(Token.FieldOpen, i, i + 1);
    this.fieldQuote[field] = this.quote;
    this.fieldIsTriple[field] = this.isTriple;
    this.fieldIsRaw[field] = this.isRaw;
    this.fieldOuterFields[field] = this.outerFields;
    this.fieldOuterBrackets[field] = this.outerBrackets;
    this.fieldInSpec[field] = inSpec;
    this.fields = field + 1;
    this.brackets = this.outerBrackets + 1;
    this.fieldLevel = this.brackets;
    return true;
  }

  /** Makes the string of the innermost field the current one. */
  private returnToString(): void {
    const field = this.fields - 1;
    this.quote = this.fieldQuote[field]!;
    this.isTriple = this.fieldIsTriple[field]!;
    this.isRaw = this.fieldIsRaw[field]!;
    this.outerFields = this.fieldOuterFields[field]!;
    this.outerBrackets = this.fieldOuterBrackets[field]!;
  }

  /** Ends the current string, and with it all its fields; `start`…`stop` are its closing quotes. */
  private leaveString(start: number, stop: number): void {
    this.fields = this.outerFields;
    this.brackets = this.outerBrackets;
    this.fieldLevel = this.fields > 0 ? this.fieldOuterBrackets[this.fields - 1]! + 1 : NO_FIELD;
    this.push(Token.FStringEnd, start, stop);
  }

  /** True for what can end the expression of a field when it stands at the field's own level. */
  private endsFieldExpression(code: number, next: number): boolean {
    switch (code) {
      case Char.RightBrace:
      case Char.Colon:
        return true;
      case Char.Exclamation:
      case Char.Equal:
        return next !== Char.Equal;
      default:
        return false;
    }
  }

  /** Reads what stands at `i` after a field's expression, and the literal text behind it. */
  private endFieldExpression(i: number, code: number): number {
    const { source } = this;
    switch (code) {
      case Char.RightBrace: {
        this.push(Token.FieldClose, i, i + 1);
        this.returnToString();
        this.fields--;
        return this.literalText(i + 1, this.fieldInSpec[this.fields]!);
      }
      case Char.Colon:
        this.push(Token.FieldSpec, i, i + 1);
        this.returnToString();
        return this.literalText(i + 1, 1);
      case Char.Exclamation: {
        const stop = identifierEnd(source, skipBlanks(source, i + 1));
        this.push(Token.FieldSpec, i, stop);
        return stop;
      }
      default:
        this.push(Token.FieldSpec, i, i + 1);
        return i + 1;
    }
  }

  /**
   * Inside a field, a quote like the string's own opens a nested string (PEP 701) or, in a field that is still being typed,
   * closes the string. It closes after a complete operand, and when no further quote follows on the line.
   */
  private quoteEndsString(i: number, code: number, previous: number): boolean {
    const { source, end } = this;
    const field = this.fields - 1;
    if (this.fieldQuote[field] !== code) return false;
    if (this.fieldIsTriple[field] === 1) return endsOperand[previous] === 1 && isTripleQuote(source, i, code);
    if (endsOperand[previous] === 1) return true;
    for (let next = i + 1; next < end; next++) {
      if (source[next] === code) return false;
      if (source[next] === Char.LineFeed || source[next] === Char.Return) return true;
    }
    return true;
  }

  private endStringInField(i: number): number {
    this.problem(i, i + 1, 'expected "}"');
    this.returnToString();
    const stop = i + (this.isTriple === 1 ? 3 : 1);
    this.leaveString(i, stop);
    return stop;
  }
}

/** Keywords of statements with a block. */
function isCompound(kind: number): boolean {
  switch (kind) {
    case Token.If:
    case Token.Elif:
    case Token.Else:
    case Token.For:
    case Token.While:
    case Token.With:
    case Token.Def:
    case Token.Class:
    case Token.Try:
    case Token.Except:
    case Token.Async:
      return true;
    default:
      return false;
  }
}
