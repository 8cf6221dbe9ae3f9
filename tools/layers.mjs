/** Which part of the server may import which. `docs/ARCHITECTURE.md` prints this table; dependency-cruiser enforces it. */
export const layers = {
  base: [],
  protocol: [],
  knowledge: ['base'],
  syntax: ['base'],
  facts: ['base', 'knowledge', 'syntax'],
  semantics: ['base', 'knowledge', 'facts'],
  workspace: ['base', 'knowledge', 'syntax', 'facts', 'semantics'],
  engine: ['base', 'facts', 'semantics', 'workspace'],
  rules: ['base', 'knowledge', 'engine'],
  report: ['base', 'engine'],
  lsp: ['base', 'protocol', 'workspace', 'engine', 'rules', 'report'],
  cli: ['base', 'workspace', 'engine', 'rules', 'report'],
  host: ['base', 'workspace', 'engine', 'rules', 'lsp', 'cli'],
};
