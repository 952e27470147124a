import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import react from '@vitejs/plugin-react';
import { build, defineConfig, type Plugin } from 'vite';
import { assemblyScript } from './scripts/assemblyScript.mjs';

/**
 * Nothing may leave the pages' origin; the CPU engine's WebAssembly comes from it too. Styles that scripts set on elements need no
 * exception; there are no inline ones. Hot reload puts inline scripts and styles into a page, so the development server alone leaves this out.
 */
const policy = [
  "default-src 'self'",
  "script-src 'self' 'wasm-unsafe-eval'",
  "style-src 'self'",
  "img-src 'self' blob: data:",
  "media-src 'self' blob:",
  "font-src 'self'",
  "worker-src 'self' blob:",
  "connect-src 'self' blob:",
  "object-src 'none'",
  "base-uri 'none'",
  "form-action 'none'",
].join('; ');

/** What every page says of itself, in one place. */
const pageHead: Plugin = {
  name: 'convscope:page-head',
  transformIndexHtml: (_html, { server }) => {
    const meta = (attrs: Record<string, string>) => ({ tag: 'meta', attrs, injectTo: 'head-prepend' }) as const;
    return [
      meta({ charset: 'utf-8' }),
      ...(server ? [] : [meta({ 'http-equiv': 'Content-Security-Policy', content: policy })]),
      meta({ name: 'viewport', content: 'width=device-width, initial-scale=1, viewport-fit=cover' }),
      meta({ name: 'referrer', content: 'no-referrer' }),
    ];
  },
};

/** What is written for people who read the source is not sent. */
const pagesWithoutComments: Plugin = {
  name: 'convscope:pages-without-comments',
  apply: 'build',
  transformIndexHtml: (html) => html.replace(/\s*<!--[\s\S]*?-->/g, ''),
};

/** A third of the shaders' text is written for people; the built page carries the program and the expander's directives (`//#`) alone. */
const shadersWithoutComments: Plugin = {
  name: 'convscope:shaders-without-comments',
  apply: 'build',
  enforce: 'pre',
  async load(id) {
    const [path, query] = id.split('?');
    if (query !== 'raw' || !path?.endsWith('.wgsl')) return null;
    const lines = (await readFile(path, 'utf8')).split('\n').map((line) => line.replace(/\/\/(?!#).*/, '').trim());
    return `export default ${JSON.stringify(lines.filter((line) => line !== '').join('\n'))}`;
  },
};

/**
 * d3-scale-chromatic makes all of its forty colour maps by calls as it is loaded, and with them keeps d3-color and d3-interpolate; marked
 * as pure, those that nobody uses go.
 */
const onlyUsedColourMaps: Plugin = {
  name: 'convscope:only-used-colour-maps',
  apply: 'build',
  transform: (code, id) =>
    /d3-scale-chromatic\b.*\.mjs$/.test(id)
      ? {
          code: code.replace(
            /^(var \S+ = )(new Array[^;]*|[\w$]+\([^;]*\))(?=;$|,$)/gm,
            '$1/* @__PURE__ */ (() => $2)()',
          ),
          map: null,
        }
      : null,
};

/** `<conv-scope>` in one script that imports nothing. Other people's pages name it, so its address never changes. */
const element: Plugin = {
  name: 'convscope:element',
  apply: 'build',
  async closeBundle() {
    await build({
      configFile: false,
      logLevel: 'warn',
      publicDir: false,
      build: {
        target: 'es2022',
        emptyOutDir: false,
        // Not a module: those need leave (CORS) to be loaded from another origin.
        lib: { entry: 'src/element.ts', formats: ['iife'], name: 'ConvScope', fileName: () => 'conv-scope.js' },
      },
    });
  },
};

type ModuleInfo = { readonly importedIds: readonly string[] } | null;
interface Chunking {
  getModuleInfo(id: string): ModuleInfo;
}

/** d3-scale-chromatic imports them for colour maps that the page does not use; charts use them, and are loaded later. */
const chartParts = /d3-(interpolate|color)\b/;

/** What the engine on a GPU shares with nobody. */
const gpuParts = /\/(engine\/webgpu|operators\/programs|shaders)\/|\/operators\/[^/]+\/plan\.ts/;

/**
 * What the page imports before its first maps stand goes into one script and one style sheet; left alone, the bundler cuts it into
 * some fifty files along what is loaded later, and each of them costs a request and compresses alone. So does the engine on a GPU.
 */
function reachedFrom(file: string, name: string, { among = /./, isPage = false } = {}) {
  const entry = fileURLToPath(new URL(file, import.meta.url));
  const reached = new Set<string>();
  const reach = (id: string, modules: Chunking): void => {
    if (reached.has(id)) return;
    reached.add(id);
    for (const next of modules.getModuleInfo(id)?.importedIds ?? []) reach(next, modules);
  };
  return (id: string, modules: Chunking): string | null => {
    if (reached.size === 0) {
      reach(entry, modules);
      // What an entry starts is started by nobody who imports from the same script.
      if (isPage) reached.delete(entry);
    }
    return reached.has(id) && among.test(id) ? name : null;
  };
}

export default defineConfig({
  plugins: [
    react(),
    assemblyScript(),
    pageHead,
    pagesWithoutComments,
    shadersWithoutComments,
    onlyUsedColourMaps,
    element,
  ],
  worker: { format: 'es', plugins: () => [assemblyScript(), shadersWithoutComments] },
  base: './',
  build: {
    target: 'es2023',
    assetsInlineLimit: 0,
    // Its gzip size is what counts, and tests/e2e/firstLoad.spec.ts holds it.
    chunkSizeWarningLimit: 600,
    // Which scripts a late part needs is said by its own imports; told ahead, the lists of all parts weigh in the first load.
    modulePreload: { polyfill: false, resolveDependencies: (_, deps) => deps.filter((dep) => dep.endsWith('.css')) },
    rolldownOptions: {
      input: { index: 'index.html', embed: 'embed.html' },
      output: {
        codeSplitting: {
          // What the engines share belongs to neither: the CPU's must not fetch the GPU's.
          includeDependenciesRecursively: false,
          groups: [
            { name: 'charts', test: chartParts, priority: 2 },
            { name: reachedFrom('src/main.tsx', 'first', { isPage: true }), priority: 1 },
            { name: reachedFrom('src/engine/webgpu/index.ts', 'webgpu', { among: gpuParts }) },
          ],
        },
      },
    },
  },
  server: { host: '127.0.0.1', strictPort: false },
});
