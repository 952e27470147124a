/**
 * `npm run bench -- first`: milliseconds from navigation to the first maps of the built page, as a visitor has them: cold (a new profile:
 * nothing cached, nothing compiled) and warm (the same profile again). By the page's own clock, which starts with the navigation, to the
 * frame after the maps have their places. The page is served on this machine, so a network's time comes on top.
 */
import { writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { swiftShaderFlags } from '../chromium.mjs';
import { ensureDependencies, fail } from '../dependencies.mjs';
import { gpuFlags, launch } from './browser.mjs';
import { folder, oneOf, readOptions, root, say, wholeNumber } from './options.mjs';

const host = '127.0.0.1';

/** Runs in the page before its own scripts. */
function watch() {
  globalThis.firstMaps = new Promise((settle) => {
    const look = () => {
      if (!document.querySelector('.map-place')) return requestAnimationFrame(look);
      requestAnimationFrame(() => settle(performance.now()));
    };
    look();
  });
}

const median = (values) => values.toSorted((a, b) => a - b)[values.length >> 1];

async function visit(page, url) {
  await page.goto(url, { waitUntil: 'commit' });
  return page.evaluate(() => globalThis.firstMaps);
}

async function measure(flags, url, rounds) {
  const cold = [];
  const warm = [];
  for (let round = 0; round < rounds; round++) {
    // A browser of its own: what it compiles is kept by the process, not by the profile alone.
    const browser = await launch(flags);
    const page = await browser.newPage({ viewport: { width: 1440, height: 900 } });
    await page.addInitScript(watch);
    cold.push(await visit(page, url));
    await page.waitForLoadState('networkidle');
    warm.push(await visit(page, url));
    await browser.close();
  }
  return { cold_ms: median(cold), warm_ms: median(warm) };
}

export async function first(args) {
  const options = readOptions(args, {
    adapter: { type: 'string' },
    json: { type: 'string' },
    rounds: { type: 'string', default: '3' },
  });
  if (options.adapter !== undefined) oneOf('adapter', options.adapter, ['swiftshader', 'default']);
  const rounds = wholeNumber('rounds', options.rounds);
  ensureDependencies(root);
  const { build, preview } = await import('vite');
  const outDir = join(folder, 'out', 'site');
  await build({ root, logLevel: 'error', build: { outDir, emptyOutDir: true } });
  const server = await preview({ root, logLevel: 'error', build: { outDir }, preview: { host, port: 0, open: false } });
  const url = `http://${host}:${server.httpServer.address().port}/`;
  const flags = options.adapter === 'swiftshader' ? swiftShaderFlags : gpuFlags;
  const rows = [];
  try {
    // Without a GPU the page computes on the CPU engine; a person may choose the software adapter.
    for (const [engine, query] of [
      ['as the page chooses', ''],
      ['WebGPU', '?engine=webgpu'],
      ['CPU', '?engine=cpu'],
    ]) {
      const times = await measure(flags, url + query, rounds);
      rows.push({ engine, ...times });
      say(
        `${engine.padEnd(20)} cold ${times.cold_ms.toFixed(0).padStart(6)} ms, warm ${times.warm_ms.toFixed(0).padStart(6)} ms`,
      );
    }
  } catch (error) {
    fail(error.message.split('\n')[0]);
  }
  await server.close();
  if (options.json) writeFileSync(resolve(options.json), `${JSON.stringify(rows, null, 2)}\n`);
}
