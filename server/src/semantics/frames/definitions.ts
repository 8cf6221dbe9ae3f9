import type { ClassStatement, FunctionStatement, Statement } from '../../facts/python/statement.js';

const MAX_DEFINITIONS = 2000;

/** A function of the module or a method of one of its classes. */
export interface Definition {
  readonly code: FunctionStatement;
  readonly owner: ClassStatement | undefined;
}

export interface Definitions {
  readonly functions: readonly Definition[];
  readonly classes: readonly ClassStatement[];
}

/** Functions and classes that stand in the module or in a class, under whatever condition. In text order. */
export function definitionsIn(statements: readonly Statement[]): Definitions {
  const functions: Definition[] = [];
  const classes: ClassStatement[] = [];
  collect(statements, undefined, functions, classes);
  return { functions, classes };
}

function collect(
  body: readonly Statement[],
  owner: ClassStatement | undefined,
  functions: Definition[],
  classes: ClassStatement[],
): void {
  for (const statement of body) {
    if (functions.length >= MAX_DEFINITIONS) return;
    switch (statement.kind) {
      case 'function':
        functions.push({ code: statement, owner });
        break;
      case 'class':
        classes.push(statement);
        collect(statement.body, statement, functions, classes);
        break;
      case 'if':
        for (const branch of statement.branches) collect(branch.body, owner, functions, classes);
        break;
      case 'try':
        collect(statement.body, owner, functions, classes);
        for (const handler of statement.handlers) collect(handler.body, owner, functions, classes);
        break;
      case 'with':
        collect(statement.body, owner, functions, classes);
    }
  }
}
