/**
 * Who may import whom (docs/architecture.md). Imports run to the left of
 *   math ← operators ← graph ← engine ← live ← ui ← main.tsx
 * with formats, store and fits beside engine (all read math, operators, graph) and views and analysis reading the engine's interface.
 * A new arrow is a decision: change the page and this file together.
 */
const test = '\\.(test|gpu\\.test|browser\\.test)\\.tsx?$|/testing/';

/** What each room may read, beside itself. */
const readable = {
  math: [],
  operators: ['math'],
  graph: ['math', 'operators'],
  engine: ['math', 'operators', 'graph'],
  formats: ['math', 'operators', 'graph'],
  store: ['math', 'operators', 'graph'],
  fits: ['math', 'operators', 'graph'],
  analysis: ['math', 'operators', 'graph', 'engine'],
  views: ['math', 'operators', 'graph', 'engine'],
  training: ['math', 'operators', 'graph', 'engine', 'formats'],
  live: ['math', 'operators', 'graph', 'engine', 'training', 'formats', 'store', 'fits', 'analysis', 'views'],
  i18n: [],
  ui: ['math', 'operators', 'graph', 'engine', 'training', 'formats', 'store', 'fits', 'analysis', 'views', 'live', 'i18n'],
};

/** The same inside of the WebGPU engine; what is loaded late may lie to the right. */
const readableInWebgpu = {
  device: [],
  maps: ['device'],
  plan: ['device', 'maps'],
  statistics: ['device', 'maps'],
  run: ['device', 'maps', 'plan', 'statistics'],
  view: ['device', 'maps', 'plan', 'statistics', 'run'],
};

module.exports = {
  forbidden: [
    { name: 'no-circles', severity: 'error', from: {}, to: { circular: true } },
    { name: 'resolvable', severity: 'error', from: {}, to: { couldNotResolve: true, pathNot: '\\?(raw|url|worker|wasm)$' } },
    ...Object.entries(readable).map(([room, others]) => ({
      name: `${room}-reads-only-${others.join('-') || 'itself'}`,
      severity: 'error',
      from: { path: `^src/${room}/`, pathNot: test },
      to: { path: '^src/', pathNot: `^src/(${[room, ...others].join('|')})/` },
    })),
    {
      name: 'an-operator-reads-only-what-all-share',
      severity: 'error',
      from: { path: '^src/operators/([^/]+)/', pathNot: `${test}|^src/operators/programs/` },
      to: { path: '^src/operators/(index\\.ts|[^/]+/)', pathNot: '^src/operators/($1|programs)/' },
    },
    {
      name: 'the-inside-of-an-engine-is-its-own',
      severity: 'error',
      from: { path: '^src/', pathNot: `^src/engine/|${test}` },
      to: { path: '^src/engine/(webgpu|cpu)/' },
    },
    ...Object.entries(readableInWebgpu).map(([folder, others]) => ({
      name: `webgpu-${folder}-reads-only-${others.join('-') || 'itself'}`,
      severity: 'error',
      from: { path: `^src/engine/webgpu/${folder}/`, pathNot: test },
      to: {
        path: '^src/engine/webgpu/[^/]+/',
        pathNot: `^src/engine/webgpu/(${[folder, ...others].join('|')})/`,
        dependencyTypesNot: ['dynamic-import', 'type-only'],
      },
    })),
    {
      name: 'shaders-belong-to-planners-and-the-webgpu-engine',
      severity: 'error',
      from: { path: '^src/', pathNot: `^src/operators/([^/]+/(plan|gradient/plan|moreTexts|halfTexts|staged/)|programs/)|^src/engine/webgpu/|${test}` },
      to: { path: '^shaders/' },
    },
    {
      name: 'react-stays-in-ui',
      severity: 'error',
      from: { path: '^src/(math|operators|graph|engine|training|formats|store|fits|analysis|live|views)/', pathNot: test },
      to: { path: 'node_modules/(react|react-dom|radix-ui|lucide-react)/' },
    },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    tsConfig: { fileName: 'tsconfig.json' },
    tsPreCompilationDeps: true,
    enhancedResolveOptions: { exportsFields: ['exports'], conditionNames: ['import', 'browser', 'default', 'types'] },
  },
};
