/**
 * `npm run conformance -- FOLDER...`: ONNX backend test cases on both engines. Each FOLDER holds one folder per case: model.onnx and
 * test_data_set_N/input_*.pb, output_*.pb. Prints a line for each case and engine that fails, with the reason, and last
 * `N passed, N failed` (each case counts once per engine; `, N skipped` counts cases with an operator that the product does not have).
 * `--json OUT` writes what became of each: name, status, ms.
 */
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { ensureChromium, swiftShaderFlags } from './chromium.mjs';
import { ensureDependencies, fail, requireNode } from './dependencies.mjs';

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const engines = ['webgpu', 'cpu'];

const numbered = (name) => Number(/_(\d+)/.exec(name)?.[1]);
const encoded = (path) => readFileSync(path).toString('base64');

function filesOf(set, kind) {
  const names = readdirSync(set).filter((name) => name.startsWith(`${kind}_`) && name.endsWith('.pb'));
  return names.sort((a, b) => numbered(a) - numbered(b)).map((name) => encoded(join(set, name)));
}

/** The data sets of every case in a folder. */
function casesIn(folder) {
  if (!existsSync(folder)) fail(`There is no folder ${folder}.`);
  const names = readdirSync(folder).filter((name) => existsSync(join(folder, name, 'model.onnx')));
  return names.sort().map((name) => {
    const sets = readdirSync(join(folder, name)).filter((set) => set.startsWith('test_data_set_'));
    const model = encoded(join(folder, name, 'model.onnx'));
    return {
      name,
      sets: sets.map((set) => ({
        model,
        inputs: filesOf(join(folder, name, set), 'input'),
        outputs: filesOf(join(folder, name, set), 'output'),
      })),
    };
  });
}

async function openPage() {
  const [{ createServer }, { chromium }] = await Promise.all([import('vite'), import('playwright')]);
  const server = await createServer({ root, logLevel: 'error', server: { host: '127.0.0.1', port: 0, hmr: false } });
  await server.listen();
  const browser = await chromium.launch({ executablePath: ensureChromium(), args: swiftShaderFlags });
  const page = await browser.newPage();
  page.on('pageerror', (error) => process.stderr.write(`${error.message}\n`));
  await page.goto(`http://127.0.0.1:${server.httpServer.address().port}/tests/conformance/page.html`);
  await page.waitForFunction(() => 'runEncoded' in window);
  return { page, close: () => Promise.all([browser.close(), server.close()]) };
}

/** The verdict of a case over all its data sets. */
async function run(page, engine, { sets }) {
  for (const set of sets) {
    const verdict = await page.evaluate(([kind, files]) => window.runEncoded(kind, files), [engine, set]);
    if (verdict.status !== 'passed') return verdict;
  }
  return sets.length > 0 ? { status: 'passed' } : { status: 'failed', reason: 'no test data' };
}

async function main() {
  requireNode();
  const { values, positionals } = parseArgs({ options: { json: { type: 'string' } }, allowPositionals: true });
  const folders = positionals.map((folder) => resolve(folder));
  if (folders.length === 0) fail('Say which folders hold the cases: npm run conformance -- FOLDER...');
  const cases = folders.flatMap(casesIn);
  if (cases.length === 0) fail(`There are no cases in ${folders.join(', ')}.`);
  ensureDependencies(root);
  const { page, close } = await openPage();
  const counts = { passed: 0, failed: 0, skipped: 0 };
  const rows = [];
  try {
    for (const engine of engines) {
      for (const one of cases) {
        const started = performance.now();
        const { status, reason } = await run(page, engine, one);
        rows.push({ name: `${one.name} on ${engine}`, status, ms: performance.now() - started });
        counts[status]++;
        if (status !== 'passed') process.stdout.write(`${status} ${one.name} on ${engine}: ${reason}\n`);
      }
    }
  } finally {
    await close();
  }
  if (values.json) writeFileSync(values.json, JSON.stringify(rows));
  const skipped = counts.skipped > 0 ? `, ${counts.skipped} skipped` : '';
  process.stdout.write(`${counts.passed} passed, ${counts.failed} failed${skipped}\n`);
  process.exitCode = counts.failed === 0 ? 0 : 1;
}

await main();
