/** The benchmark's page, built and served, in a Chromium with the adapter that was asked for. */
import { createReadStream, existsSync, mkdirSync } from 'node:fs';
import { join, normalize } from 'node:path';
import { assemblyScript } from '../assemblyScript.mjs';
import { ensureChromium, swiftShaderFlags } from '../chromium.mjs';
import { ensureDependencies, fail } from '../dependencies.mjs';
import { folder, root, say } from './options.mjs';
import { processorMs } from './processorTime.mjs';

const host = '127.0.0.1';

/** WebGPU on the machine's GPU; Linux needs Vulkan to be asked for. */
export const gpuFlags = [
  '--no-sandbox',
  '--enable-unsafe-webgpu',
  '--enable-features=Vulkan',
  '--ignore-gpu-blocklist',
  '--disable-background-networking',
  '--no-first-run',
];

const types = { js: 'text/javascript', mjs: 'text/javascript', wasm: 'application/wasm', gz: 'application/gzip' };

/** Folders that are served as they are: the peers' files, and the product's data sets. */
const served = { '/peers/': join(folder, 'node_modules'), '/datasets/': join(root, 'public', 'datasets') };

const serveFolders = {
  name: 'serve-folders',
  configurePreviewServer(server) {
    for (const [under, place] of Object.entries(served)) {
      server.middlewares.use(under, (request, response, next) => {
        const path = normalize(join(place, new URL(request.url, 'http://localhost').pathname));
        const type = types[path.split('.').at(-1)];
        if (!path.startsWith(place) || !type || !existsSync(path)) return next();
        response.setHeader('Content-Type', type);
        createReadStream(path).pipe(response);
      });
    }
  },
};

async function servePage() {
  ensureDependencies(root);
  const { build, preview } = await import('vite');
  const config = {
    configFile: false,
    root: join(folder, 'page'),
    logLevel: 'error',
    plugins: [assemblyScript(), serveFolders],
  };
  const outDir = join(folder, 'out', 'page');
  mkdirSync(outDir, { recursive: true });
  await build({
    ...config,
    build: { target: 'es2023', outDir, emptyOutDir: true, chunkSizeWarningLimit: 2000 },
    worker: { format: 'es', plugins: () => [assemblyScript()] },
  });
  const server = await preview({ ...config, build: { outDir }, preview: { host, port: 0, open: false } });
  return { server, url: `http://${host}:${server.httpServer.address().port}/` };
}

/** Opens a Chromium; `flags` say with which adapter. */
export async function launch(flags) {
  const { chromium } = await import('playwright');
  return chromium.launch({
    executablePath: ensureChromium(),
    headless: true,
    args: flags,
    ignoreDefaultArgs: ['--disable-gpu'],
  });
}

async function openPage(flags, url) {
  const browser = await launch(flags);
  const page = await browser.newPage({ viewport: { width: 1280, height: 800 } });
  await page.exposeFunction('tell', say);
  await page.exposeFunction('processorMs', processorMs);
  page.on('pageerror', (error) => process.stderr.write(`${error.message}\n`));
  await page.goto(url);
  await page.waitForFunction(() => 'bench' in globalThis);
  const adapter = await page.evaluate(() => globalThis.bench.describeAdapter());
  return { browser, page, adapter, flags };
}

/** The asked-for adapter; without one the machine's GPU, else SwiftShader. */
async function openAdapter(wanted, url) {
  if (wanted === undefined || wanted === 'default') {
    const opened = await openPage(gpuFlags, url);
    if (opened.adapter && !opened.adapter.isSoftware) return opened;
    await opened.browser.close();
    if (wanted === 'default')
      fail('This machine gives Chromium no GPU for WebGPU; --adapter swiftshader runs without one.');
  }
  const opened = await openPage(swiftShaderFlags, url);
  if (opened.adapter) return opened;
  await opened.browser.close();
  return fail('Chromium gives no WebGPU adapter, not even SwiftShader: is the Vulkan loader (libvulkan1) installed?');
}

/**
 * Opens the page, asks it for one of its measurements (`bench/page/main.ts`) and closes everything; what the page says went wrong ends
 * the process with its sentence. `opened` hears the adapter's name first.
 */
export async function measureInPage(adapter, measurement, options, opened = () => {}) {
  const { server, url } = await servePage();
  let answer;
  try {
    const { browser, page, adapter: found } = await openAdapter(adapter, url);
    try {
      opened(found.name);
      answer = await page.evaluate(([name, given]) => globalThis.bench[name](given), [measurement, options]);
    } finally {
      await browser.close();
    }
  } catch (error) {
    answer = { failure: error.message.split('\n')[0] };
  }
  await server.close();
  return 'failure' in answer ? fail(answer.failure) : answer.value;
}
