import type { Arena } from './arena.js';
import { PatternParser } from './pattern-parser.js';
import { startsExpression, Token } from './tokens.js';
import { Kind, type NodeKind } from './tree.js';
import { NO_AUX } from './tree-builder.js';

const TRY_ELSE = 1;
const TRY_FINALLY = 2;
const TRY_GROUP = 4;

/** Statements and the module. Block nesting is bounded by the tokenizer, which stops counting indentation at a fixed level. */
export class StatementParser extends PatternParser {
  /** Fills the arena's nodes from its tokens. `source` holds the text they were read from, `length` its length. */
  parse(arena: Arena, source: Uint16Array, length: number): void {
    this.open(arena, source);
    while (this.tokenKind[this.at] !== Token.End) {
      const before = this.at;
      this.statement();
      if (this.at === before) this.at++;
    }
    this.emitModule(length);
  }

  private statement(): void {
    const start = this.at;
    const first = this.nodes;
    let token = this.tokenKind[start];
    if (token === Token.Async) {
      token = this.tokenKind[start + 1];
      if (token === Token.Def || token === Token.For || token === Token.With) this.at++;
    }
    switch (token) {
      case Token.Newline:
        this.at++;
        return;
      case Token.Indent:
        this.problem('unexpected indentation');
        this.indentedStatements();
        return;
      case Token.Dedent:
        this.at++;
        return;
      case Token.End:
        return;
      case Token.If:
        this.ifStatement(start, first);
        return;
      case Token.For:
        this.forStatement(start, first);
        return;
      case Token.While:
        this.whileStatement(start, first);
        return;
      case Token.Try:
        this.tryStatement(start, first);
        return;
      case Token.With:
        this.withStatement(start, first);
        return;
      case Token.Def:
        this.functionDefinition(start, first);
        return;
      case Token.Class:
        this.classDefinition(start, first);
        return;
      case Token.At:
        this.decorated(start, first);
        return;
      case Token.Elif:
      case Token.Else:
      case Token.Except:
      case Token.Finally:
        this.strayClause(start, first);
        return;
      case Token.Name:
        if (this.startsMatch()) {
          this.matchStatement(start, first);
          return;
        }
        break;
    }
    this.simpleLine();
  }

  // ---- blocks

  /** `:` and what follows it: an indented block, or simple statements on the same line. */
  private block(): void {
    const hasColon = this.expect(Token.Colon, 'expected ":"');
    let start = this.at;
    const first = this.nodes;
    if (!hasColon && this.tokenKind[this.at] !== Token.Newline) this.restOfLine();
    if (this.tokenKind[this.at] !== Token.Newline) {
      if (hasColon) this.simpleLine();
      this.emitBlock(start, first);
    } else if (this.tokenKind[this.at + 1] === Token.Indent) {
      this.at++;
      if (this.nodes === first) start = this.at + 1;
      this.indentedStatements();
      this.emitBlock(start, first);
    } else {
      this.problem('expected an indented block');
      this.emitBlock(start, first);
      this.at++;
    }
  }

  /** After a header without its colon: whatever expressions stand before the end of the line. */
  private restOfLine(): void {
    while (this.tokenKind[this.at]! > Token.Dedent) {
      const start = this.at;
      const first = this.nodes;
      if (startsExpression[this.tokenKind[start]!] === 1) {
        this.expressionList();
        this.emit(Kind.Expr, start, first, NO_AUX);
      } else this.at++;
    }
  }

  private indentedStatements(): void {
    this.at++;
    for (;;) {
      const token = this.tokenKind[this.at];
      if (token === Token.Dedent) {
        this.at++;
        return;
      }
      if (token === Token.End) return;
      const before = this.at;
      this.statement();
      if (this.at === before) this.at++;
    }
  }

  private elseBlock(): boolean {
    if (this.tokenKind[this.at] !== Token.Else) return false;
    this.at++;
    this.block();
    return true;
  }

  // ---- simple statements

  private simpleLine(): void {
    for (;;) {
      const before = this.at;
      this.simpleStatement();
      const token = this.tokenKind[this.at]!;
      if (token === Token.Newline) {
        this.at++;
        return;
      }
      if (token <= Token.Dedent) return;
      if (token === Token.Semicolon) {
        this.at++;
        if (this.tokenKind[this.at] === Token.Newline) {
          this.at++;
          return;
        }
        if (this.tokenKind[this.at]! <= Token.Dedent) return;
        continue;
      }
      // Something that belongs to no statement: leave it out and read on, later calls on the line still count.
      this.problem('expected the end of the statement');
      if (this.at === before || startsExpression[token] === 0) this.skipToken();
      if (this.tokenKind[this.at] === Token.Newline) {
        this.at++;
        return;
      }
      if (this.tokenKind[this.at]! <= Token.Dedent) return;
    }
  }

  private skipToken(): void {
    const start = this.at++;
    this.emit(Kind.Error, start, this.nodes, NO_AUX);
  }

  private simpleStatement(): void {
    const start = this.at;
    const first = this.nodes;
    switch (this.tokenKind[start]) {
      case Token.Pass:
        this.oneWord(Kind.Pass, start, first);
        return;
      case Token.Break:
        this.oneWord(Kind.Break, start, first);
        return;
      case Token.Continue:
        this.oneWord(Kind.Continue, start, first);
        return;
      case Token.Return:
        this.returnStatement(start, first);
        return;
      case Token.Raise:
        this.raiseStatement(start, first);
        return;
      case Token.Assert:
        this.assertStatement(start, first);
        return;
      case Token.Del:
        this.deleteStatement(start, first);
        return;
      case Token.Global:
      case Token.Nonlocal:
        this.scopeDeclaration(start, first);
        return;
      case Token.Import:
        this.importStatement(start, first);
        return;
      case Token.From:
        this.fromImportStatement(start, first);
        return;
      case Token.Name:
        if (this.startsTypeAlias()) {
          this.typeAlias(start, first);
          return;
        }
        break;
    }
    this.expressionStatement(start, first);
  }

  private raiseStatement(start: number, first: number): void {
    this.at++;
    if (startsExpression[this.tokenKind[this.at]!] === 1) {
      this.expression();
      if (this.tokenKind[this.at] === Token.From) {
        this.at++;
        this.expression();
      }
    }
    this.emit(Kind.Raise, start, first, NO_AUX);
  }

  private oneWord(kind: NodeKind, start: number, first: number): void {
    this.at++;
    this.emit(kind, start, first, NO_AUX);
  }

  private returnStatement(start: number, first: number): void {
    this.at++;
    if (startsExpression[this.tokenKind[this.at]!] === 1) this.expressionList();
    this.emit(Kind.Return, start, first, NO_AUX);
  }

  private assertStatement(start: number, first: number): void {
    this.at++;
    this.expression();
    if (this.tokenKind[this.at] === Token.Comma) {
      this.at++;
      this.expression();
    }
    this.emit(Kind.Assert, start, first, NO_AUX);
  }

  private deleteStatement(start: number, first: number): void {
    this.at++;
    this.target();
    while (this.tokenKind[this.at] === Token.Comma) {
      this.at++;
      if (startsExpression[this.tokenKind[this.at]!] === 0) break;
      this.target();
    }
    this.emit(Kind.Del, start, first, NO_AUX);
  }

  /** `global` and `nonlocal`. */
  private scopeDeclaration(start: number, first: number): void {
    this.at++;
    this.name();
    while (this.tokenKind[this.at] === Token.Comma) {
      this.at++;
      this.name();
    }
    this.emit(Kind.Global, start, first, start);
  }

  /** Expressions and the assignments, which all begin with one. */
  private expressionStatement(start: number, first: number): void {
    this.yieldOrExpressionList();
    const token = this.tokenKind[this.at];
    if (token === Token.Equal) {
      while (this.tokenKind[this.at] === Token.Equal) {
        this.at++;
        this.yieldOrExpressionList();
      }
      this.emit(Kind.Assign, start, first, NO_AUX);
    } else if (token === Token.Augmented) {
      const operator = this.at++;
      this.yieldOrExpressionList();
      this.emit(Kind.AugAssign, start, first, operator);
    } else if (token === Token.Colon) {
      this.at++;
      this.expression();
      if (this.tokenKind[this.at] === Token.Equal) {
        this.at++;
        this.yieldOrExpressionList();
      }
      this.emit(Kind.AnnAssign, start, first, NO_AUX);
    } else this.emit(Kind.Expr, start, first, NO_AUX);
  }

  // ---- imports

  private importStatement(start: number, first: number): void {
    this.at++;
    this.alias(true);
    while (this.tokenKind[this.at] === Token.Comma) {
      this.at++;
      this.alias(true);
    }
    this.emit(Kind.Import, start, first, start);
  }

  private fromImportStatement(start: number, first: number): void {
    this.at++;
    const dots = this.at;
    while (this.tokenKind[this.at] === Token.Dot || this.tokenKind[this.at] === Token.Dots) this.at++;
    if (this.tokenKind[this.at] === Token.Name) this.dottedName();
    else if (this.at === dots) this.problem('expected a module name');
    if (this.expect(Token.Import, 'expected "import"')) {
      if (this.tokenKind[this.at] === Token.Star) this.at++;
      else this.importedNames();
    }
    this.emit(Kind.ImportFrom, start, first, start);
  }

  private importedNames(): void {
    const inParentheses = this.tokenKind[this.at] === Token.LeftParen;
    if (inParentheses) this.at++;
    for (;;) {
      this.alias(false);
      if (this.tokenKind[this.at] !== Token.Comma) break;
      this.at++;
      if (inParentheses ? this.tokenKind[this.at] === Token.RightParen : this.tokenKind[this.at]! <= Token.Newline)
        break;
    }
    if (inParentheses) this.endOfImportedNames();
  }

  private endOfImportedNames(): void {
    while (this.tokenKind[this.at] !== Token.RightParen) {
      if (!this.resume(Token.RightParen)) return;
      if (this.tokenKind[this.at] === Token.Name) this.alias(false);
      else if (startsExpression[this.tokenKind[this.at]!] === 1) this.at++;
    }
    this.at++;
  }

  private alias(dotted: boolean): void {
    const start = this.at;
    const first = this.nodes;
    if (dotted) this.dottedName();
    else this.name();
    if (this.tokenKind[this.at] === Token.As) {
      this.at++;
      this.name();
    }
    this.emit(Kind.Alias, start, first, start);
  }

  private dottedName(): void {
    this.name();
    while (this.tokenKind[this.at] === Token.Dot) {
      this.at++;
      this.name();
    }
  }

  // ---- type aliases

  private startsTypeAlias(): boolean {
    const next = this.tokenKind[this.at + 2];
    return (
      this.tokenKind[this.at + 1] === Token.Name &&
      (next === Token.Equal || next === Token.LeftBracket) &&
      this.isWord(this.at, 'type')
    );
  }

  private typeAlias(start: number, first: number): void {
    this.at++;
    const name = this.at++;
    this.emit(Kind.Name, name, this.nodes, name);
    this.typeParameters();
    if (this.expect(Token.Equal, 'expected "="')) this.expression();
    else this.missing('expected "="');
    this.emit(Kind.TypeAlias, start, first, start);
  }

  private typeParameters(): void {
    if (this.tokenKind[this.at] !== Token.LeftBracket) return;
    const start = this.at++;
    const first = this.nodes;
    this.parameterList(Token.RightBracket, true);
    this.expect(Token.RightBracket, 'expected "]"');
    this.emit(Kind.TypeParams, start, first, NO_AUX);
  }

  // ---- compound statements

  private ifStatement(start: number, first: number): void {
    do {
      this.at++;
      this.named();
      this.block();
    } while (this.tokenKind[this.at] === Token.Elif);
    this.elseBlock();
    this.emitToLastChild(Kind.If, start, first, NO_AUX);
  }

  private whileStatement(start: number, first: number): void {
    this.at++;
    this.named();
    this.block();
    this.elseBlock();
    this.emitToLastChild(Kind.While, start, first, NO_AUX);
  }

  private forStatement(start: number, first: number): void {
    this.at++;
    this.targetList();
    if (this.expect(Token.In, 'expected "in"')) this.expressionList();
    else this.missing('expected "in"');
    this.block();
    this.elseBlock();
    this.emitToLastChild(Kind.For, start, first, start);
  }

  private tryStatement(start: number, first: number): void {
    this.at++;
    this.block();
    let flags = 0;
    if (this.tokenKind[this.at] !== Token.Except && this.tokenKind[this.at] !== Token.Finally) {
      this.problem('expected "except" or "finally"');
    }
    while (this.tokenKind[this.at] === Token.Except) flags |= this.exceptClause();
    if (this.elseBlock()) flags |= TRY_ELSE;
    if (this.tokenKind[this.at] === Token.Finally) {
      this.at++;
      this.block();
      flags |= TRY_FINALLY;
    }
    this.emitToLastChild(Kind.Try, start, first, flags);
  }

  private exceptClause(): number {
    const start = this.at++;
    const first = this.nodes;
    let flags = 0;
    let name = NO_AUX;
    if (this.tokenKind[this.at] === Token.Star) {
      this.at++;
      flags = TRY_GROUP;
    }
    if (this.tokenKind[this.at] !== Token.Colon) {
      this.expressionList();
      if (this.tokenKind[this.at] === Token.As) {
        this.at++;
        name = this.name();
      }
    }
    this.block();
    this.emitToLastChild(Kind.Except, start, first, name);
    return flags;
  }

  private withStatement(start: number, first: number): void {
    this.at++;
    const inParentheses = this.tokenKind[this.at] === Token.LeftParen && this.parenthesesHoldItems();
    if (inParentheses) this.at++;
    for (;;) {
      this.withItem();
      if (this.tokenKind[this.at] !== Token.Comma) break;
      this.at++;
      if (inParentheses && this.tokenKind[this.at] === Token.RightParen) break;
    }
    if (inParentheses) this.expect(Token.RightParen, 'expected ")"');
    this.block();
    this.emitToLastChild(Kind.With, start, first, start);
  }

  private withItem(): void {
    const start = this.at;
    const first = this.nodes;
    this.starOrNamed();
    if (this.tokenKind[this.at] === Token.As) {
      this.at++;
      this.target();
    }
    this.emit(Kind.WithItem, start, first, NO_AUX);
  }

  /**
   * `with (a, b as c):` has its items in parentheses, `with (yield x):`, `with (x for x in y):` and `with (a, b) as c:` an
   * expression. Looks ahead to the matching parenthesis, once per statement.
   */
  private parenthesesHoldItems(): boolean {
    const next = this.tokenKind[this.at + 1];
    if (next === Token.Yield || next === Token.Star) return false;
    let brackets = 0;
    let token = this.at;
    let separated = false;
    for (; ; token++) {
      const kind = this.tokenKind[token]!;
      if (kind <= Token.Newline) return false;
      if (kind === Token.LeftParen || kind === Token.LeftBracket || kind === Token.LeftBrace) brackets++;
      else if (kind === Token.RightParen || kind === Token.RightBracket || kind === Token.RightBrace) {
        if (--brackets === 0) break;
      } else if (brackets > 1) continue;
      else if (kind === Token.Comma || kind === Token.As) {
        separated = true;
        // Items are plain expressions; `*` and `:=` occur in tuples only.
        if (this.tokenKind[token + 1] === Token.Star) return false;
      } else if (kind === Token.Walrus) return false;
    }
    return separated && this.tokenKind[token + 1] === Token.Colon;
  }

  private functionDefinition(start: number, first: number): void {
    const keyword = this.at++;
    this.name();
    this.typeParameters();
    if (this.expect(Token.LeftParen, 'expected "("')) {
      this.parameters(Token.RightParen, true);
      this.expect(Token.RightParen, 'expected ")"');
    } else this.emit(Kind.Params, this.at, this.nodes, NO_AUX);
    if (this.tokenKind[this.at] === Token.Arrow) {
      this.at++;
      this.expressionList();
    }
    this.block();
    this.emitToLastChild(Kind.Def, start, first, keyword);
  }

  private classDefinition(start: number, first: number): void {
    const keyword = this.at++;
    this.name();
    this.typeParameters();
    if (this.tokenKind[this.at] === Token.LeftParen) {
      this.at++;
      this.callArguments();
    }
    this.block();
    this.emitToLastChild(Kind.Class, start, first, keyword);
  }

  /** Decorators, which become children of the definition they stand on; without one they stay statements. */
  private decorated(start: number, first: number): void {
    while (this.tokenKind[this.at] === Token.At) this.decorator();
    let token = this.tokenKind[this.at];
    if (token === Token.Async && this.tokenKind[this.at + 1] === Token.Def) {
      this.at++;
      token = Token.Def;
    }
    if (token === Token.Def) this.functionDefinition(start, first);
    else if (token === Token.Class) this.classDefinition(start, first);
    else this.problem('expected a function or class after the decorator');
  }

  private decorator(): void {
    const start = this.at++;
    const first = this.nodes;
    this.named();
    this.emit(Kind.Decorator, start, first, NO_AUX);
    if (this.tokenKind[this.at] === Token.Newline) {
      this.at++;
      return;
    }
    this.problem('expected the end of the line');
    while (this.tokenKind[this.at]! > Token.Dedent) this.at++;
    if (this.tokenKind[this.at] === Token.Newline) this.at++;
  }

  /** `else`, `elif`, `except` or `finally` without the statement it belongs to. */
  private strayClause(start: number, first: number): void {
    this.problem('no statement for this clause');
    this.at++;
    if (this.tokenKind[this.at] !== Token.Colon && startsExpression[this.tokenKind[this.at]!] === 1)
      this.expressionList();
    this.block();
    this.emitToLastChild(Kind.Error, start, first, NO_AUX);
  }

  // ---- match

  /**
   * `match` is a name unless the line reads `match subject:` and an indented `case` follows. The last token of the line is
   * looked up once per line that starts with the word.
   */
  private startsMatch(): boolean {
    if (this.source[this.tokenStart[this.at]!] !== 109 || !this.isWord(this.at, 'match')) return false;
    const next = this.tokenKind[this.at + 1]!;
    if (startsExpression[next] === 0) return false;
    let token = this.at + 1;
    while (this.tokenKind[token]! > Token.Newline) token++;
    return (
      this.tokenKind[token - 1] === Token.Colon &&
      this.tokenKind[token + 1] === Token.Indent &&
      this.isWord(token + 2, 'case')
    );
  }

  private matchStatement(start: number, first: number): void {
    this.at++;
    this.expressionList();
    this.expect(Token.Colon, 'expected ":"');
    while (this.tokenKind[this.at]! > Token.Dedent) this.at++;
    this.at += 2; // Newline and Indent, as `startsMatch` has seen
    for (;;) {
      const token = this.tokenKind[this.at];
      if (token === Token.Dedent) {
        this.at++;
        break;
      }
      if (token === Token.End) break;
      const before = this.at;
      if (this.isWord(this.at, 'case')) this.caseClause();
      else {
        this.problem('expected "case"');
        this.statement();
      }
      if (this.at === before) this.at++;
    }
    this.emitToLastChild(Kind.Match, start, first, start);
  }

  private caseClause(): void {
    const start = this.at++;
    const first = this.nodes;
    this.casePattern();
    this.skipToGuardOrColon();
    if (this.tokenKind[this.at] === Token.If) {
      this.at++;
      this.named();
    }
    this.block();
    this.emitToLastChild(Kind.Case, start, first, start);
  }

  private skipToGuardOrColon(): void {
    for (; ; this.at++) {
      const token = this.tokenKind[this.at]!;
      if (token === Token.Colon || token === Token.If || token <= Token.Dedent) return;
      this.problem('expected ":"');
    }
  }
}
