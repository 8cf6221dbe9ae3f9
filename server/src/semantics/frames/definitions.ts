import type { Range } from '../../base/range.js';
import type { ClassStatement, FunctionStatement, Statement } from '../../facts/python/statement.js';

const MAX_DEFINITIONS = 2000;

/** A function of the module or a method of one of its classes. */
export interface Definition {
  readonly code: FunctionStatement;
  readonly owner: ClassStatement | undefined;
}

/** A name the module gives to a value, with the statement that gives it. */
export interface Variable {
  readonly name: string;
  readonly range: Range;
}

export interface Definitions {
  readonly functions: readonly Definition[];
  readonly classes: readonly ClassStatement[];
  readonly variables: readonly Variable[];
}

/** Functions and classes that stand in the module or in a class, and its variables, under whatever condition. In text order. */
export function definitionsIn(statements: readonly Statement[]): Definitions {
  const found: Found = { functions: [], classes: [], variables: [] };
  collect(statements, undefined, found);
  return found;
}

interface Found {
  readonly functions: Definition[];
  readonly classes: ClassStatement[];
  readonly variables: Variable[];
}

function collect(body: readonly Statement[], owner: ClassStatement | undefined, found: Found): void {
  for (const statement of body) {
    if (found.functions.length >= MAX_DEFINITIONS) return;
    switch (statement.kind) {
      case 'assign':
        for (const target of owner === undefined ? statement.targets : []) {
          if (target.kind === 'name') found.variables.push({ name: target.name, range: statement.range });
        }
        break;
      case 'function':
        found.functions.push({ code: statement, owner });
        break;
      case 'class':
        found.classes.push(statement);
        collect(statement.body, statement, found);
        break;
      case 'if':
        for (const branch of statement.branches) collect(branch.body, owner, found);
        break;
      case 'try':
        collect(statement.body, owner, found);
        for (const handler of statement.handlers) collect(handler.body, owner, found);
        break;
      case 'with':
        collect(statement.body, owner, found);
    }
  }
}
