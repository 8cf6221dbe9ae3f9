import { ExpressionParser } from './expression-parser.js';
import { ARITHMETIC, Token } from './tokens.js';
import { Kind, type NodeKind } from './tree.js';
import { NO_AUX, TreeBuilder } from './tree-builder.js';

/** Patterns of `case` clauses (PEP 634). */
export abstract class PatternParser extends ExpressionParser {
  /** The pattern after `case`, where a sequence needs no brackets. */
  protected casePattern(): void {
    const start = this.at;
    const first = this.nodes;
    const isStar = this.tokenKind[start] === Token.Star;
    this.pattern();
    if (this.tokenKind[this.at] !== Token.Comma && !isStar) return;
    while (this.tokenKind[this.at] === Token.Comma) {
      this.at++;
      const token = this.tokenKind[this.at]!;
      if (token === Token.Colon || token === Token.If || token <= Token.Newline) break;
      this.pattern();
    }
    this.emit(Kind.PatternSequence, start, first, NO_AUX);
  }

  /** Any pattern: alternatives with an optional `as name`, or `*name` inside a sequence. */
  private pattern(): void {
    if (this.depth >= TreeBuilder.maximumDepth) {
      this.tooDeep();
      return;
    }
    this.depth++;
    const start = this.at;
    const first = this.nodes;
    if (this.tokenKind[start] === Token.Star) {
      this.at++;
      this.emit(Kind.PatternStar, start, first, this.name());
    } else {
      this.alternatives();
      if (this.tokenKind[this.at] === Token.As) {
        this.at++;
        this.emit(Kind.PatternAs, start, first, this.name());
      }
    }
    this.depth--;
  }

  private alternatives(): void {
    const start = this.at;
    const first = this.nodes;
    this.closedPattern();
    if (this.tokenKind[this.at] !== Token.Bar) return;
    while (this.tokenKind[this.at] === Token.Bar) {
      this.at++;
      this.closedPattern();
    }
    this.emit(Kind.PatternOr, start, first, NO_AUX);
  }

  private closedPattern(): void {
    const start = this.at;
    const first = this.nodes;
    switch (this.tokenKind[start]) {
      case Token.Name:
        this.namePattern();
        return;
      case Token.LeftParen:
        this.at++;
        this.sequencePattern(Token.RightParen, start, first);
        return;
      case Token.LeftBracket:
        this.at++;
        this.sequencePattern(Token.RightBracket, start, first);
        return;
      case Token.LeftBrace:
        this.at++;
        this.mappingPattern(start, first);
        return;
      case Token.Number:
      case Token.Minus:
      case Token.Plus:
      case Token.String:
      case Token.FStringStart:
      case Token.None:
      case Token.True:
      case Token.False:
        this.binary(ARITHMETIC);
        this.emit(Kind.PatternValue, start, first, NO_AUX);
        return;
      default:
        this.missing('expected a pattern');
    }
  }

  /** A capture, a dotted constant or a class pattern. */
  private namePattern(): void {
    const start = this.at;
    const first = this.nodes;
    this.at++;
    if (this.tokenKind[this.at] !== Token.Dot && this.tokenKind[this.at] !== Token.LeftParen) {
      this.emit(Kind.PatternCapture, start, first, start);
      return;
    }
    this.emit(Kind.Name, start, first, start);
    while (this.tokenKind[this.at] === Token.Dot) {
      this.at++;
      this.emit(Kind.Attr, start, first, this.name());
    }
    if (this.tokenKind[this.at] !== Token.LeftParen) {
      this.emit(Kind.PatternValue, start, first, NO_AUX);
      return;
    }
    const type = this.nodes - 1;
    this.at++;
    this.classArguments();
    this.emit(Kind.PatternClass, start, first, type);
  }

  private classArguments(): void {
    for (;;) {
      if (this.tokenKind[this.at] === Token.RightParen) {
        this.at++;
        return;
      }
      const start = this.at;
      const first = this.nodes;
      if (this.tokenKind[start] === Token.Name && this.tokenKind[start + 1] === Token.Equal) {
        this.at += 2;
        this.pattern();
        this.emit(Kind.PatternKeyword, start, first, start);
      } else this.pattern();
      if (!this.nextPattern(Token.RightParen, start)) return;
    }
  }

  private sequencePattern(close: Token, start: number, first: number): void {
    let comma = false;
    let count = 0;
    for (;;) {
      if (this.tokenKind[this.at] === close) {
        this.at++;
        break;
      }
      const before = this.at;
      this.pattern();
      count++;
      if (this.tokenKind[this.at] === Token.Comma) comma = true;
      if (!this.nextPattern(close, before)) break;
    }
    const isGroup: boolean = close === Token.RightParen && count === 1 && !comma;
    const kind: NodeKind = isGroup ? Kind.PatternGroup : Kind.PatternSequence;
    this.emit(kind, start, first, NO_AUX);
  }

  private mappingPattern(start: number, first: number): void {
    for (;;) {
      if (this.tokenKind[this.at] === Token.RightBrace) {
        this.at++;
        break;
      }
      const before = this.at;
      this.mappingEntry();
      if (!this.nextPattern(Token.RightBrace, before)) break;
    }
    this.emit(Kind.PatternMapping, start, first, NO_AUX);
  }

  private mappingEntry(): void {
    const start = this.at;
    const first = this.nodes;
    if (this.tokenKind[start] === Token.DoubleStar) {
      this.at++;
      this.emit(Kind.PatternRest, start, first, this.name());
      return;
    }
    this.binary(ARITHMETIC);
    if (this.expect(Token.Colon, 'expected ":"')) this.pattern();
    else this.missing('expected a pattern');
    this.emit(Kind.PatternEntry, start, first, NO_AUX);
  }

  /**
   * Reads the comma behind a pattern that began at token `before`; false when the bracket ends here without its closing token.
   * A token that starts no pattern is skipped.
   */
  private nextPattern(close: Token, before: number): boolean {
    const token = this.tokenKind[this.at];
    if (token === Token.Comma) {
      this.at++;
      return true;
    }
    if (token === close) return true;
    if (!this.resume(close)) return false;
    if (this.at === before) this.at++;
    return true;
  }
}
