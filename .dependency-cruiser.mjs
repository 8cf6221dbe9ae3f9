import { layers } from './tools/layers.mjs';

const forbidden = Object.entries(layers).map(([layer, may]) => ({
  name: `layer-${layer}`,
  comment: `${layer} may import ${may.join(', ') || 'nothing of the server'}`,
  severity: 'error',
  from: { path: `^server/src/${layer}/` },
  to: { path: '^server/src/', pathNot: [layer, ...may].map((name) => `^server/src/${name}/`) },
}));

/** @type {import('dependency-cruiser').IConfiguration} */
export default {
  forbidden: [
    ...forbidden,
    {
      name: 'families-are-islands',
      severity: 'error',
      from: { path: '^server/src/rules/([^/]+)/' },
      to: { path: '^server/src/rules/([^/]+)/', pathNot: '^server/src/rules/$1/' },
    },
    {
      name: 'client-imports-protocol-alone',
      severity: 'error',
      from: { path: '^client/' },
      to: { path: '^server/', pathNot: '^server/src/protocol/' },
    },
    {
      name: 'platform-only-in-host',
      severity: 'error',
      from: { path: '^server/src/', pathNot: '^server/src/host/' },
      to: { dependencyTypes: ['core'] },
    },
    {
      name: 'language-server-types-only-in-lsp',
      severity: 'error',
      from: { path: '^server/src/', pathNot: '^server/src/(lsp|host)/' },
      to: { path: 'node_modules/vscode-' },
    },
    { name: 'no-cycles', severity: 'error', from: { path: '^(server|client)/' }, to: { circular: true } },
    {
      name: 'no-orphans',
      severity: 'error',
      from: { orphan: true, path: '^(server|client)/', pathNot: '\\.d\\.ts$' },
      to: {},
    },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    parser: 'swc',
    tsPreCompilationDeps: true,
    moduleSystems: ['es6'],
    enhancedResolveOptions: {
      extensions: ['.ts', '.js', '.mjs'],
      exportsFields: ['exports'],
      conditionNames: ['import', 'require', 'node', 'default'],
    },
  },
};
