export * from './accessors/definitions.js';
export * from './accessors/expressions.js';
export * from './accessors/imports.js';
export * from './accessors/nodes.js';
export * from './accessors/statements.js';
export * from './accessors/strings.js';
