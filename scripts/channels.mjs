/**
 * `npm run channels -- MODEL IMAGES.npy [--pair LAYER_A,LAYER_B] [--json OUT]`: which channels of a trained network do nothing on these
 * images, and how two of its layers are correlated, on the CPU engine. MODEL: a TensorFlow.js model's JSON, its files of weights beside
 * it, or safetensors that hold their network. IMAGES: float32 [N, C, H, W] in 0..1, brought into the model's range and never resized.
 * Responses are taken after the activation; `max` is the largest |response|. What cannot be done ends with one sentence and exit status 1.
 */
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { basename, dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { ensureDependencies, fail, requireNode } from './dependencies.mjs';

const root = dirname(dirname(fileURLToPath(import.meta.url)));

function readArguments() {
  try {
    const options = { pair: { type: 'string' }, json: { type: 'string' } };
    const { values, positionals } = parseArgs({ args: process.argv.slice(2), options, allowPositionals: true });
    return { ...values, files: positionals };
  } catch (error) {
    return fail(error.message.split('\n')[0]);
  }
}

/** Two names. */
function pairOf(text) {
  const names = text.split(',').map((name) => name.trim());
  if (names.length !== 2 || names.includes('')) fail(`--pair takes two layers, such as conv2c,conv3a, not "${text}".`);
  return names;
}

function bytesOf(path) {
  try {
    return new Uint8Array(readFileSync(path));
  } catch (error) {
    return fail(`${path} cannot be read: ${error.code === 'ENOENT' ? 'there is no such file' : error.message}.`);
  }
}

/** Files of weights lie beside the model; some are named with a folder in front. */
function besideModel(model) {
  return (name) => {
    const places = [join(dirname(model), name), join(dirname(model), basename(name))];
    const found = places.find((place) => existsSync(place));
    return found ? bytesOf(found) : null;
  };
}

/** Runs `work` with the parts of the product that are needed, as they stand in the source. */
async function withProduct(work) {
  const { createServer } = await import('vite');
  const { assemblyScript } = await import('./assemblyScript.mjs');
  const server = await createServer({
    root,
    configFile: false,
    logLevel: 'error',
    appType: 'custom',
    plugins: [assemblyScript()],
    server: { middlewareMode: true, hmr: false, ws: false, watch: null },
    optimizeDeps: { noDiscovery: true },
  });
  try {
    return await work(await server.ssrLoadModule('/scripts/channels/channels.ts'));
  } finally {
    await server.close();
  }
}

function print({ value, images, network }) {
  const line = (text) => process.stdout.write(`${text}\n`);
  line(`${network}, ${images} ${images === 1 ? 'image' : 'images'}`);
  const width = Math.max(...value.layers.map(({ name }) => name.length));
  line(`${'layer'.padEnd(width)}  channels  zero filters  silent  APoZ`);
  for (const { name, out_channels, zero_filters, silent, apoz } of value.layers) {
    const mean = apoz.reduce((sum, share) => sum + share, 0) / apoz.length;
    const counts = [
      String(out_channels).padStart(8),
      String(zero_filters.length).padStart(12),
      String(silent.length).padStart(6),
    ];
    line(`${name.padEnd(width)}  ${counts.join('  ')}  ${(100 * mean).toFixed(1)} %`);
  }
  if (value.pair)
    line(
      `largest canonical correlations: ${value.pair.canonical
        .slice(0, 5)
        .map((c) => c.toFixed(4))
        .join(', ')}`,
    );
}

requireNode();
ensureDependencies(root);
const { files, pair, json } = readArguments();
if (files.length !== 2) fail('Say which model and which images: npm run channels -- MODEL.json IMAGES.npy.');
const [model, images] = files.map((file) => resolve(file));
const asked = {
  name: basename(model),
  model: bytesOf(model),
  beside: besideModel(model),
  imagesName: basename(images),
  images: bytesOf(images),
  pair: pair === undefined ? null : pairOf(pair),
};
const measured = await withProduct(({ measure }) => measure(asked));
if (!measured.ok) fail(measured.message);
// First, since whoever reads the table may stop reading.
if (json !== undefined) writeFileSync(resolve(json), `${JSON.stringify(measured.value, null, 2)}\n`);
print(measured);
