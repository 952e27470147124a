/** The benchmark's part that runs in Node (`bench/node/`): bundled with the engine and its shaders, then imported. */
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { ensureDependencies } from '../dependencies.mjs';
import { folder, root } from './options.mjs';

export async function loadNodePart() {
  ensureDependencies(root);
  const { build } = await import('vite');
  const outDir = join(folder, 'out', 'node');
  await build({
    configFile: false,
    root,
    logLevel: 'error',
    publicDir: false,
    build: {
      target: 'node20',
      ssr: join(folder, 'node', 'main.ts'),
      outDir,
      emptyOutDir: true,
      rolldownOptions: { output: { entryFileNames: 'main.mjs' } },
    },
  });
  return import(pathToFileURL(join(outDir, 'main.mjs')).href);
}
