import { ANY_OPERATOR, bindingPower, FIRST_KEYWORD, isComparison, startsExpression, Token } from './tokens.js';
import { Kind, type NodeKind } from './tree.js';
import { NO_AUX, TreeBuilder } from './tree-builder.js';

/** Trailers (`.x`, `(…)`, `[…]`) read on one operand; more exist only in hostile input. */
const MAX_TRAILERS = 10_000;

const COMP_GENERATOR = 0;
const COMP_LIST = 1;
const COMP_SET = 2;
const COMP_DICT = 3;

/** Expressions, from atoms up to bare tuples, by recursive descent and precedence climbing. */
export abstract class ExpressionParser extends TreeBuilder {
  // ---- atoms

  private atom(): void {
    const start = this.at;
    const first = this.nodes;
    switch (this.tokenKind[start]) {
      case Token.Name:
        this.at++;
        this.emit(Kind.Name, start, first, start);
        return;
      case Token.Number:
        this.at++;
        this.emit(Kind.Num, start, first, start);
        return;
      case Token.String:
      case Token.FStringStart:
        this.strings();
        return;
      case Token.LeftParen:
        this.at++;
        if (this.tokenKind[this.at] === Token.Yield) {
          this.yieldExpression();
          this.expect(Token.RightParen, 'expected ")"');
          this.emit(Kind.Group, start, first, NO_AUX);
        } else this.sequence(Token.RightParen, start, first, Kind.Tuple, COMP_GENERATOR);
        return;
      case Token.LeftBracket:
        this.at++;
        this.sequence(Token.RightBracket, start, first, Kind.List, COMP_LIST);
        return;
      case Token.LeftBrace:
        this.at++;
        this.dictOrSet(start, first);
        return;
      case Token.Dots:
        this.at++;
        this.emit(Kind.Ellipsis, start, first, start);
        return;
      case Token.None:
      case Token.True:
      case Token.False:
        this.at++;
        this.emit(Kind.Const, start, first, start);
        return;
      default:
        this.missing('expected an expression');
    }
  }

  /** Adjacent literals, which Python joins into one. */
  private strings(): void {
    const start = this.at;
    const first = this.nodes;
    let kind: NodeKind = Kind.Str;
    for (;;) {
      const token = this.tokenKind[this.at];
      if (token === Token.String) this.at++;
      else if (token === Token.FStringStart) {
        kind = Kind.FStr;
        this.formattedString();
      } else break;
    }
    this.emit(kind, start, first, start);
  }

  private formattedString(): void {
    this.at++;
    for (;;) {
      const token = this.tokenKind[this.at]!;
      if (token === Token.FieldOpen) this.field();
      else if (token === Token.FStringEnd) {
        this.at++;
        return;
      } else if (token <= Token.Newline) return;
      else this.at++; // only after a field that was not closed
    }
  }

  private field(): void {
    const start = this.at++;
    const first = this.nodes;
    if (this.depth >= TreeBuilder.maximumDepth) this.tooDeep();
    else {
      this.depth++;
      if (this.tokenKind[this.at] === Token.Yield) this.yieldExpression();
      else this.expressionList();
      for (;;) {
        const token = this.tokenKind[this.at]!;
        if (token === Token.FieldClose || token === Token.FStringEnd || token <= Token.Newline) break;
        if (token === Token.FieldOpen) this.field();
        else if (token === Token.FieldSpec) this.at++;
        else this.fieldJunk(token);
      }
      this.depth--;
    }
    if (this.tokenKind[this.at] === Token.FieldClose) this.at++;
    this.emit(Kind.Field, start, first, start);
  }

  /** Something between a field's expression and its end. */
  private fieldJunk(token: Token): void {
    this.problem('expected "}"');
    if (startsExpression[token] === 1) this.starOrNamed();
    else this.at++;
  }

  // ---- brackets

  /** Elements after an opening bracket, up to and including its closing one. */
  private sequence(close: Token, start: number, first: number, kind: NodeKind, comprehension: number): void {
    let comma = false;
    let count = 0;
    for (;;) {
      if (this.tokenKind[this.at] === close) {
        this.at++;
        break;
      }
      const element = this.at;
      const firstOfElement = this.nodes;
      this.starOrNamed();
      count++;
      const token = this.tokenKind[this.at];
      if (token === Token.For || token === Token.Async) {
        if (count === 1) {
          this.comprehensionClauses();
          this.closeComprehension(close);
          this.emit(Kind.Comp, start, first, comprehension);
          return;
        }
        this.strayClauses(element, firstOfElement, COMP_GENERATOR);
      }
      if (this.tokenKind[this.at] === Token.Comma) {
        comma = true;
        this.at++;
      } else if (!this.continues(close)) break;
    }
    if (kind !== Kind.Tuple) this.emit(kind, start, first, NO_AUX);
    else if (!comma && count === 1) this.emit(Kind.Group, start, first, NO_AUX);
    else this.emit(Kind.Tuple, start, first, 1);
  }

  private closeComprehension(close: Token): void {
    while (this.tokenKind[this.at] !== close) {
      const before = this.at;
      if (!this.resume(close)) return;
      if (this.at === before) this.at++;
    }
    this.at++;
  }

  /** After an element without a comma: true when the bracket's end or another element is next. */
  private continues(close: Token): boolean {
    return this.tokenKind[this.at] === close || this.resume(close);
  }

  /** `for` behind an element that is not the only one: a comprehension that lacks its brackets. */
  private strayClauses(element: number, firstOfElement: number, comprehension: number): void {
    this.problem('a comprehension among other elements needs brackets of its own');
    this.comprehensionClauses();
    this.emit(Kind.Comp, element, firstOfElement, comprehension);
  }

  /**
   * Called between elements when neither a comma nor the closing bracket follows. True when reading can go on
   * with another element; false when the bracket ends here, a wrong closing bracket then counts as the right one.
   */
  protected resume(close: Token): boolean {
    const token = this.tokenKind[this.at]!;
    this.problem(closingText(close));
    if (token <= Token.Dedent || isFieldBoundary(token)) return false;
    if (token === Token.RightParen || token === Token.RightBracket || token === Token.RightBrace) {
      this.at++;
      return false;
    }
    if (startsExpression[token] === 0) this.at++;
    return true;
  }

  private dictOrSet(start: number, first: number): void {
    let kind: NodeKind = Kind.Dict;
    let count = 0;
    for (;;) {
      if (this.tokenKind[this.at] === Token.RightBrace) {
        this.at++;
        break;
      }
      const element = this.at;
      const firstOfElement = this.nodes;
      if (count === 0) kind = this.firstOfBraces();
      else if (kind === Kind.Set) this.starOrNamed();
      else this.entry();
      count++;
      const token = this.tokenKind[this.at];
      if (token === Token.For || token === Token.Async) {
        const comprehension = kind === Kind.Set ? COMP_SET : COMP_DICT;
        if (count === 1) {
          this.comprehensionClauses();
          this.closeComprehension(Token.RightBrace);
          this.emit(Kind.Comp, start, first, comprehension);
          return;
        }
        this.strayClauses(element, firstOfElement, comprehension);
      }
      if (this.tokenKind[this.at] === Token.Comma) this.at++;
      else if (!this.continues(Token.RightBrace)) break;
    }
    this.emit(kind, start, first, NO_AUX);
  }

  /** Reads the first element between braces, which decides what they are. */
  private firstOfBraces(): NodeKind {
    const start = this.at;
    const first = this.nodes;
    if (this.tokenKind[start] === Token.DoubleStar) {
      this.entry();
      return Kind.Dict;
    }
    this.starOrNamed();
    if (this.tokenKind[this.at] !== Token.Colon) return Kind.Set;
    this.at++;
    this.expression();
    this.emit(Kind.Entry, start, first, NO_AUX);
    return Kind.Dict;
  }

  /** `key: value` or `**mapping`. */
  private entry(): void {
    const start = this.at;
    const first = this.nodes;
    if (this.tokenKind[start] === Token.DoubleStar) {
      this.at++;
      this.deeperBinary();
      this.emit(Kind.DoubleStar, start, first, NO_AUX);
      return;
    }
    this.expression();
    if (this.tokenKind[this.at] === Token.Colon) {
      this.at++;
      this.expression();
    } else this.missing('expected ":"');
    this.emit(Kind.Entry, start, first, NO_AUX);
  }

  protected comprehensionClauses(): void {
    while (this.tokenKind[this.at] === Token.For || this.tokenKind[this.at] === Token.Async) {
      const start = this.at;
      const first = this.nodes;
      const isAsync = this.tokenKind[start] === Token.Async;
      if (isAsync) this.at++;
      this.expect(Token.For, 'expected "for"');
      if (this.depth >= TreeBuilder.maximumDepth) {
        this.tooDeep();
        this.missing('expected "in"');
      } else {
        this.depth++;
        this.comprehensionClause();
        this.depth--;
      }
      this.emit(Kind.CompFor, start, first, isAsync ? 1 : 0);
    }
  }

  private comprehensionClause(): void {
    this.targetList();
    if (this.expect(Token.In, 'expected "in"')) this.disjunction();
    else this.missing('expected "in"');
    while (this.tokenKind[this.at] === Token.If) {
      this.at++;
      this.condition();
    }
  }

  /** A condition of a comprehension: no ternary, because the next `if` starts another condition. */
  private condition(): void {
    const start = this.at;
    const first = this.nodes;
    if (this.tokenKind[start] === Token.Lambda) this.lambda();
    else this.disjunction();
    if (this.tokenKind[this.at] === Token.Walrus) {
      this.at++;
      this.expression();
      this.emit(Kind.Walrus, start, first, NO_AUX);
    }
  }

  /** Arguments after `(`, the closing `)` included. */
  protected callArguments(): void {
    while (this.tokenKind[this.at] !== Token.RightParen) {
      this.argument();
      const token = this.tokenKind[this.at];
      if (token === Token.Comma) {
        this.at++;
        continue;
      }
      if (token === Token.RightParen) break;
      if (!this.resume(Token.RightParen)) return;
    }
    this.at++;
  }

  private argument(): void {
    const start = this.at;
    const first = this.nodes;
    const token = this.tokenKind[start]!;
    if (this.tokenKind[start + 1] === Token.Equal && (token === Token.Name || token >= FIRST_KEYWORD)) {
      if (token !== Token.Name) this.problem('a keyword cannot name an argument');
      this.at += 2;
      this.expression();
      this.emit(Kind.Kwarg, start, first, start);
      return;
    }
    if (token === Token.Star) {
      this.at++;
      this.expression();
      this.emit(Kind.Star, start, first, NO_AUX);
    } else if (token === Token.DoubleStar) {
      this.at++;
      this.expression();
      this.emit(Kind.DoubleStar, start, first, NO_AUX);
    } else this.named();
    if (this.tokenKind[this.at] === Token.For || this.tokenKind[this.at] === Token.Async) {
      this.comprehensionClauses();
      this.emit(Kind.Comp, start, first, COMP_GENERATOR);
    }
  }

  /** The index after `[`, the closing `]` included. Returns 1 for a bare tuple, else 0. */
  private subscript(): number {
    let isTuple = 0;
    if (this.tokenKind[this.at] === Token.RightBracket) this.problem('expected an index');
    while (this.tokenKind[this.at] !== Token.RightBracket) {
      if (this.tokenKind[this.at] === Token.Star) isTuple = 1;
      this.indexOrSlice();
      const token = this.tokenKind[this.at];
      if (token === Token.Comma) {
        isTuple = 1;
        this.at++;
        continue;
      }
      if (token === Token.RightBracket) break;
      if (!this.resume(Token.RightBracket)) return isTuple;
    }
    this.at++;
    return isTuple;
  }

  private indexOrSlice(): void {
    const start = this.at;
    const first = this.nodes;
    let present = 0;
    if (this.tokenKind[start] !== Token.Colon) {
      this.starOrNamed();
      present = 1;
      if (this.tokenKind[this.at] !== Token.Colon) return;
    }
    for (let bit = 2; bit <= 4 && this.tokenKind[this.at] === Token.Colon; bit <<= 1) {
      this.at++;
      const token = this.tokenKind[this.at];
      if (token !== Token.Colon && token !== Token.Comma && token !== Token.RightBracket) {
        this.expression();
        present |= bit;
      }
    }
    this.emit(Kind.Slice, start, first, present);
  }

  // ---- operators, from strong to weak

  private primary(): void {
    const start = this.at;
    const first = this.nodes;
    if (this.tokenKind[start] === Token.Await) {
      this.at++;
      if (this.depth >= TreeBuilder.maximumDepth) this.tooDeep();
      else {
        this.depth++;
        this.primary();
        this.depth--;
      }
      this.emit(Kind.Await, start, first, NO_AUX);
      return;
    }
    this.atom();
    for (let trailers = 0; ; trailers++) {
      const token = this.tokenKind[this.at];
      if (token === Token.Dot) {
        this.at++;
        this.emit(Kind.Attr, start, first, this.attribute());
      } else if (token === Token.LeftParen) {
        const callee = this.nodes - 1;
        this.at++;
        this.callArguments();
        this.emit(Kind.Call, start, first, callee);
      } else if (token === Token.LeftBracket) {
        this.at++;
        const isTuple = this.subscript();
        this.emit(Kind.Subscript, start, first, isTuple);
      } else return;
      if (trailers >= MAX_TRAILERS) {
        this.problem('expression is too long');
        return;
      }
    }
  }

  /** The token of the name after a dot, −1 when it is missing. */
  private attribute(): number {
    const token = this.tokenKind[this.at]!;
    if (token === Token.Name) return this.at++;
    this.problem('expected a name after "."');
    const adjacent = this.tokenStart[this.at] === this.tokenEnd[this.at - 1];
    return token >= FIRST_KEYWORD && adjacent ? this.at++ : -1;
  }

  private unary(): void {
    const start = this.at;
    const first = this.nodes;
    const token = this.tokenKind[start];
    if (token === Token.Minus || token === Token.Plus || token === Token.Tilde) {
      this.at++;
      this.deeperUnary();
      this.emit(Kind.Unary, start, first, start);
      return;
    }
    this.primary();
    if (this.tokenKind[this.at] === Token.DoubleStar) {
      const operator = this.at++;
      this.deeperUnary();
      this.emit(Kind.Bin, start, first, operator);
    }
  }

  private deeperUnary(): void {
    if (this.depth >= TreeBuilder.maximumDepth) {
      this.tooDeep();
      return;
    }
    this.depth++;
    this.unary();
    this.depth--;
  }

  /** Binary operators that bind more strongly than `weakest`. */
  protected binary(weakest: number): void {
    const start = this.at;
    const first = this.nodes;
    this.unary();
    for (;;) {
      const power = bindingPower[this.tokenKind[this.at]!]!;
      if (power <= weakest) return;
      const operator = this.at++;
      // Counted, because `a | b ^ c & …` stacks a frame per operator before the next bracket is checked.
      this.depth++;
      this.binary(power);
      this.depth--;
      this.emit(Kind.Bin, start, first, operator);
    }
  }

  private comparison(): void {
    const start = this.at;
    const first = this.nodes;
    this.binary(ANY_OPERATOR);
    if (isComparison[this.tokenKind[this.at]!] === 0) return;
    const operator = this.at;
    while (this.comparisonOperator()) this.binary(ANY_OPERATOR);
    if (this.at > operator) this.emit(Kind.Compare, start, first, operator);
  }

  private comparisonOperator(): boolean {
    const token = this.tokenKind[this.at]!;
    if (isComparison[token] === 0) return false;
    if (token === Token.Not) {
      if (this.tokenKind[this.at + 1] !== Token.In) return false;
      this.at += 2;
      return true;
    }
    this.at++;
    if (token === Token.Is && this.tokenKind[this.at] === Token.Not) this.at++;
    return true;
  }

  private negation(): void {
    if (this.tokenKind[this.at] !== Token.Not) {
      this.comparison();
      return;
    }
    const start = this.at++;
    const first = this.nodes;
    if (this.depth >= TreeBuilder.maximumDepth) this.tooDeep();
    else {
      this.depth++;
      this.negation();
      this.depth--;
    }
    this.emit(Kind.Not, start, first, start);
  }

  private conjunction(): void {
    const start = this.at;
    const first = this.nodes;
    this.negation();
    if (this.tokenKind[this.at] !== Token.And) return;
    const operator = this.at;
    while (this.tokenKind[this.at] === Token.And) {
      this.at++;
      this.negation();
    }
    this.emit(Kind.Bool, start, first, operator);
  }

  protected disjunction(): void {
    const start = this.at;
    const first = this.nodes;
    this.conjunction();
    if (this.tokenKind[this.at] !== Token.Or) return;
    const operator = this.at;
    while (this.tokenKind[this.at] === Token.Or) {
      this.at++;
      this.conjunction();
    }
    this.emit(Kind.Bool, start, first, operator);
  }

  /** One expression without a walrus at its top: ternary, lambda or anything stronger. */
  protected expression(): void {
    if (this.depth >= TreeBuilder.maximumDepth) {
      this.tooDeep();
      return;
    }
    this.depth++;
    if (this.tokenKind[this.at] === Token.Lambda) this.lambda();
    else {
      const start = this.at;
      const first = this.nodes;
      this.disjunction();
      if (this.tokenKind[this.at] === Token.If) this.ternary(start, first);
    }
    this.depth--;
  }

  private ternary(start: number, first: number): void {
    this.at++;
    this.disjunction();
    if (this.expect(Token.Else, 'expected "else"')) this.expression();
    else this.missing('expected "else"');
    this.emit(Kind.Ternary, start, first, NO_AUX);
  }

  private lambda(): void {
    const start = this.at++;
    const first = this.nodes;
    this.parameters(Token.Colon, false);
    this.expect(Token.Colon, 'expected ":"');
    this.expression();
    this.emit(Kind.Lambda, start, first, start);
  }

  /** An expression, possibly `name := value`. */
  protected named(): void {
    const start = this.at;
    const first = this.nodes;
    this.expression();
    if (this.tokenKind[this.at] === Token.Walrus) {
      this.at++;
      this.expression();
      this.emit(Kind.Walrus, start, first, NO_AUX);
    }
  }

  protected starOrNamed(): void {
    if (this.tokenKind[this.at] === Token.Star) this.starred();
    else this.named();
  }

  private starred(): void {
    const start = this.at++;
    const first = this.nodes;
    this.deeperBinary();
    this.emit(Kind.Star, start, first, NO_AUX);
  }

  private deeperBinary(): void {
    if (this.depth >= TreeBuilder.maximumDepth) {
      this.tooDeep();
      return;
    }
    this.depth++;
    this.binary(ANY_OPERATOR);
    this.depth--;
  }

  /** One expression or a tuple without parentheses. */
  protected expressionList(): void {
    const start = this.at;
    const first = this.nodes;
    this.starOrNamed();
    if (this.tokenKind[this.at] !== Token.Comma) return;
    while (this.tokenKind[this.at] === Token.Comma) {
      this.at++;
      if (startsExpression[this.tokenKind[this.at]!] === 0) break;
      this.starOrNamed();
    }
    this.emit(Kind.Tuple, start, first, 0);
  }

  protected yieldOrExpressionList(): void {
    if (this.tokenKind[this.at] === Token.Yield) this.yieldExpression();
    else this.expressionList();
  }

  protected yieldExpression(): void {
    const start = this.at++;
    const first = this.nodes;
    let isFrom = 0;
    if (this.tokenKind[this.at] === Token.From) {
      isFrom = 1;
      this.at++;
      this.expression();
    } else if (startsExpression[this.tokenKind[this.at]!] === 1) this.expressionList();
    this.emit(Kind.Yield, start, first, isFrom);
  }

  /** Targets of `for`: like an expression list, but `in` ends it. */
  protected targetList(): void {
    const start = this.at;
    const first = this.nodes;
    this.target();
    if (this.tokenKind[this.at] !== Token.Comma) return;
    while (this.tokenKind[this.at] === Token.Comma) {
      this.at++;
      if (startsExpression[this.tokenKind[this.at]!] === 0) break;
      this.target();
    }
    this.emit(Kind.Tuple, start, first, 0);
  }

  protected target(): void {
    if (this.tokenKind[this.at] === Token.Star) this.starred();
    else this.binary(ANY_OPERATOR);
  }

  /** Parameters up to, not including, `close`, as a `Params` node. */
  protected parameters(close: Token, annotated: boolean): void {
    const start = this.at;
    const first = this.nodes;
    this.parameterList(close, annotated);
    this.emit(Kind.Params, start, first, NO_AUX);
  }

  protected parameterList(close: Token, annotated: boolean): void {
    while (this.tokenKind[this.at] !== close) {
      this.parameter(annotated);
      const token = this.tokenKind[this.at];
      if (token === Token.Comma) this.at++;
      else if (token !== close && !this.skipToComma(close)) return;
    }
  }

  private parameter(annotated: boolean): void {
    const start = this.at;
    const first = this.nodes;
    const token = this.tokenKind[start];
    if (token === Token.Star || token === Token.DoubleStar || token === Token.Slash) this.at++;
    if (this.tokenKind[this.at] === Token.Name) this.at++;
    if (this.at === start) return;
    if (annotated && this.tokenKind[this.at] === Token.Colon) {
      this.at++;
      if (this.tokenKind[this.at] === Token.Star) this.starred();
      else this.expression();
    }
    if (this.tokenKind[this.at] === Token.Equal) {
      this.at++;
      if (this.tokenKind[this.at] === Token.Star) this.starred();
      else this.expression();
    }
    this.emit(Kind.Param, start, first, start);
  }

  /** Skips to the next comma of this nesting, or to `close`; false when the statement ends before. */
  private skipToComma(close: Token): boolean {
    this.problem(closingText(close));
    let brackets = 0;
    for (; ; this.at++) {
      const token = this.tokenKind[this.at]!;
      if (token <= Token.Dedent || isFieldBoundary(token)) return false;
      if (token === Token.LeftParen || token === Token.LeftBracket || token === Token.LeftBrace) brackets++;
      else if (brackets === 0 && token === close) return true;
      else if (token === Token.RightParen || token === Token.RightBracket || token === Token.RightBrace) {
        if (brackets === 0) return false;
        brackets--;
      } else if (token === Token.Comma && brackets === 0) {
        this.at++;
        return true;
      }
    }
  }
}

function isFieldBoundary(token: Token): boolean {
  return token >= Token.FieldOpen && token <= Token.FStringEnd;
}

function closingText(close: Token): string {
  switch (close) {
    case Token.RightParen:
      return 'expected "," or ")"';
    case Token.RightBracket:
      return 'expected "," or "]"';
    case Token.RightBrace:
      return 'expected "," or "}"';
    default:
      return 'expected "," or ":"';
  }
}
