/**
 * `npm run bench`: ConvScope against TensorFlow.js and ONNX Runtime Web, in one run in one browser.
 *   -- --workloads FILE.json   what to run (bench/workloads/image.json unless given)
 *      --peers tfjs,ort        against whom (both unless given; ort also gives its WebAssembly time)
 *      --json OUT              writes the rows: name, ours_ms, peers, ratio, gflops
 *      --adapter swiftshader   the software adapter; without it the machine's GPU, else SwiftShader
 *      --cpu                   the CPU engine too
 *      --rounds N              rounds of which the median counts (7)
 *      --interaction           instead: JavaScript time, allocations and compilations per slider step
 */
import { createReadStream, existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join, normalize, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { assemblyScript } from './assemblyScript.mjs';
import { ensureChromium, swiftShaderFlags } from './chromium.mjs';
import { ensureDependencies, fail, requireNode } from './dependencies.mjs';

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const folder = join(root, 'bench');
const host = '127.0.0.1';

/** WebGPU on the machine's GPU; Linux needs Vulkan to be asked for. */
const gpuFlags = [
  '--no-sandbox',
  '--enable-unsafe-webgpu',
  '--enable-features=Vulkan',
  '--ignore-gpu-blocklist',
  '--disable-background-networking',
  '--no-first-run',
];

const types = { js: 'text/javascript', mjs: 'text/javascript', wasm: 'application/wasm' };

/** Serves the peers' files as they are, under /peers/. */
const servePeers = {
  name: 'serve-peers',
  configurePreviewServer(server) {
    server.middlewares.use('/peers/', (request, response, next) => {
      const path = normalize(join(folder, 'node_modules', new URL(request.url, 'http://localhost').pathname));
      const type = types[path.split('.').at(-1)];
      if (!path.startsWith(join(folder, 'node_modules')) || !type || !existsSync(path)) return next();
      response.setHeader('Content-Type', type);
      createReadStream(path).pipe(response);
    });
  },
};

function readOptions() {
  try {
    const { values } = parseArgs({
      options: {
        workloads: { type: 'string', default: join(folder, 'workloads', 'image.json') },
        peers: { type: 'string', default: 'tfjs,ort' },
        json: { type: 'string' },
        adapter: { type: 'string' },
        cpu: { type: 'boolean', default: false },
        rounds: { type: 'string', default: '7' },
        interaction: { type: 'boolean', default: false },
      },
    });
    return values;
  } catch (error) {
    return fail(error.message);
  }
}

function readJson(path) {
  try {
    return JSON.parse(readFileSync(resolve(path), 'utf8'));
  } catch (error) {
    return fail(`The workload file ${path} cannot be read: ${error.message}`);
  }
}

async function openPage(chromium, flags, url) {
  const browser = await chromium.launch({
    executablePath: ensureChromium(),
    headless: true,
    args: flags,
    ignoreDefaultArgs: ['--disable-gpu'],
  });
  const page = await browser.newPage({ viewport: { width: 1280, height: 800 } });
  await page.exposeFunction('tell', (line) => process.stdout.write(`${line}\n`));
  page.on('pageerror', (error) => process.stderr.write(`${error.message}\n`));
  await page.goto(url);
  await page.waitForFunction(() => 'bench' in globalThis);
  const adapter = await page.evaluate(() => globalThis.bench.describeAdapter());
  return { browser, page, adapter };
}

/** The asked-for adapter; without one the machine's GPU, else SwiftShader. */
async function openBrowser(chromium, wanted, url) {
  if (wanted === undefined || wanted === 'default') {
    const opened = await openPage(chromium, gpuFlags, url);
    if (opened.adapter && !opened.adapter.isSoftware) return opened;
    await opened.browser.close();
    if (wanted === 'default')
      fail('This machine gives Chromium no GPU for WebGPU; --adapter swiftshader runs without one.');
  }
  const opened = await openPage(chromium, swiftShaderFlags, url);
  if (opened.adapter) return opened;
  await opened.browser.close();
  return fail('Chromium gives no WebGPU adapter, not even SwiftShader: is the Vulkan loader (libvulkan1) installed?');
}

function geometricMean(values) {
  return Math.exp(values.reduce((sum, value) => sum + Math.log(value), 0) / values.length);
}

async function compare(page, options, adapter) {
  const peers = options.peers.split(',').filter(Boolean);
  const unknown = peers.find((peer) => peer !== 'tfjs' && peer !== 'ort');
  if (unknown) fail(`There is no peer "${unknown}": --peers takes tfjs and ort.`);
  const rounds = { count: Math.max(1, Number(options.rounds) || 7), turn: 30 };
  const workloads = readJson(options.workloads);
  process.stdout.write(`${adapter.name}; milliseconds per run, median of ${rounds.count} interleaved rounds\n`);
  process.stdout.write(
    `${['workload'.padEnd(26), ...['ours', 'tfjs', 'ort', 'ort_wasm', 'our CPU', 'GFLOP/s', 'ratio'].map((title) => title.padStart(9))].join(' ')}\n`,
  );
  const rows = await page.evaluate((request) => globalThis.bench.measure(request), {
    workloads,
    peers,
    withCpu: options.cpu,
    rounds,
  });
  const ratios = rows.map((row) => row.ratio).filter((ratio) => ratio !== null);
  if (ratios.length > 0) {
    const mean = geometricMean(ratios);
    process.stdout.write(
      `fastest WebGPU peer / ours: geometric mean ${mean.toFixed(2)}, least ${Math.min(...ratios).toFixed(2)}\n`,
    );
  }
  return rows;
}

async function interact(page, adapter) {
  const report = await page.evaluate(() => globalThis.bench.interaction());
  process.stdout.write(
    `${adapter.name}; ${report.steps} slider steps on 3 x 256 x 256, 16 maps\n` +
      `JavaScript per step: median ${report.medianMs.toFixed(2)} ms, 95 % below ${report.p95Ms.toFixed(2)} ms (first visits: median ${report.firstPassMedianMs.toFixed(2)} ms)\n` +
      `made on positions visited before: ${report.allocations} allocations, ${report.compilations} compilations\n`,
  );
  return report;
}

requireNode();
const options = readOptions();
if (options.adapter !== undefined && !['swiftshader', 'default'].includes(options.adapter)) {
  fail(`There is no adapter "${options.adapter}": --adapter takes swiftshader and default.`);
}
ensureDependencies(root);
ensureDependencies(folder);
const [{ build, preview }, { chromium }] = await Promise.all([import('vite'), import('playwright')]);
const config = {
  configFile: false,
  root: join(folder, 'page'),
  logLevel: 'warn',
  plugins: [assemblyScript(), servePeers],
};
const outDir = join(folder, 'out', 'page');
mkdirSync(outDir, { recursive: true });
await build({
  ...config,
  build: { target: 'es2023', outDir, emptyOutDir: true, chunkSizeWarningLimit: 2000 },
  worker: { format: 'es', plugins: () => [assemblyScript()] },
});
const server = await preview({ ...config, build: { outDir }, preview: { host, port: 0, open: false } });
const { port } = server.httpServer.address();
const { browser, page, adapter } = await openBrowser(chromium, options.adapter, `http://${host}:${port}/`);
let failure = null;
try {
  const result = options.interaction ? await interact(page, adapter) : await compare(page, options, adapter);
  if (options.json) writeFileSync(resolve(options.json), `${JSON.stringify(result, null, 2)}\n`);
} catch (error) {
  failure = error.message;
}
await browser.close();
await server.close();
if (failure) fail(failure);
