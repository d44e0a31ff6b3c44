/**
 * The import directions of ARCHITECTURE.md as data: a folder may import itself and the folders of rows above it.
 * The generated registries are the one place where the engine knows the concrete plugins.
 */
const levels = [
  ['model', 'errors', 'limits'],
  ['bytes', 'wasm', 'versions'],
  ['archive-formats', 'bundle'],
  ['image', 'layers'],
  ['detect'],
  ['catalog', 'secrets', 'checks', 'distro'],
  ['match', 'policy'],
  ['report'],
  ['store'],
  ['pool'],
  ['pipeline'],
  ['analyze', 'analyze-sbom', 'index'],
  ['cli'],
];

const path = (name) => `^src/${name}(/|\\.ts$)`;
const rules = levels.slice(0, -1).flatMap((row, level) =>
  row.map((name) => ({
    name: `${name}-imports-upwards`,
    severity: 'error',
    from: { path: path(name), pathNot: '\\.generated\\.ts$' },
    to: {
      path: levels
        .slice(level + 1)
        .flat()
        .map(path)
        .join('|'),
    },
  })),
);

export default {
  forbidden: [
    ...rules,
    {
      name: 'no-cycles',
      severity: 'error',
      from: { pathNot: '\\.generated\\.ts$' },
      to: { circular: true, viaOnly: { pathNot: '\\.generated\\.ts$' } },
    },
    {
      name: 'catalogs-do-not-know-each-other',
      severity: 'error',
      from: { path: '^src/catalog/([^/]+)/' },
      to: { path: '^src/catalog/', pathNot: '^src/catalog/$1/' },
    },
    {
      name: 'only-pool-knows-piscina',
      severity: 'error',
      from: { path: '^src', pathNot: '^src/pool/' },
      to: { path: 'node_modules/piscina' },
    },
    {
      name: 'only-cli-knows-yargs',
      severity: 'error',
      from: { path: '^src', pathNot: '^src/cli/' },
      to: { path: 'node_modules/yargs' },
    },
    {
      name: 'detectors-do-no-io',
      severity: 'error',
      from: { path: '^src/(catalog|distro|checks|detect|match|policy|versions|model|bytes)/' },
      to: {
        path: '^(node:)?(fs|fs/promises|child_process|net|http|https|dgram|tls|dns|worker_threads)$',
        dependencyTypes: ['core'],
      },
    },
    {
      name: 'closed-side-opens-no-socket',
      severity: 'error',
      from: { path: '^src', pathNot: '^src/(bundle/fetch|store/notify)' },
      to: { path: '^(node:)?(net|http|https|http2|dgram|tls|dns)(/|$)', dependencyTypes: ['core'] },
    },
  ],
  options: {
    parser: 'swc',
    doNotFollow: { path: 'node_modules' },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    enhancedResolveOptions: { extensions: ['.ts', '.js'] },
  },
};
