/**
 * `npm run describe -- NAME [--input 3x224x224] [--json OUT]` for a built-in architecture, named as in torchvision, or
 * `npm run describe -- --code 'nn.Sequential(...)' --input 3x97x131 [--json OUT]`: each layer's output, parameters, multiply-adds and
 * receptive field, and the totals. `--csv OUT` and `--markdown OUT` write the table of prices, with memory and conventions. What cannot be described ends with one sentence and exit status 1.
 */
import { writeFileSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { ensureDependencies, fail, requireNode } from './dependencies.mjs';

const root = dirname(dirname(fileURLToPath(import.meta.url)));

function readArguments() {
  try {
    const options = Object.fromEntries(
      ['input', 'code', 'json', 'csv', 'markdown'].map((name) => [name, { type: 'string' }]),
    );
    const { values, positionals } = parseArgs({ args: process.argv.slice(2), options, allowPositionals: true });
    return { ...values, names: positionals };
  } catch (error) {
    return fail(error.message.split('\n')[0]);
  }
}

function shapeOf(text) {
  const sizes = /^(\d+)x(\d+)x(\d+)$/.exec(text)?.slice(1).map(Number);
  if (!sizes?.every((size) => size > 0))
    fail(`--input takes channels x height x width, such as 3x224x224, not "${text}".`);
  return [1, ...sizes];
}

/** The parts of the product that are needed, as they stand in the source. */
async function load() {
  const { createServer } = await import('vite');
  const server = await createServer({
    root,
    configFile: false,
    logLevel: 'error',
    appType: 'custom',
    server: { middlewareMode: true, hmr: false, ws: false, watch: null },
    optimizeDeps: { noDiscovery: true },
  });
  try {
    return await server.ssrLoadModule('/scripts/describe/network.ts');
  } finally {
    await server.close();
  }
}

function print({ rows, totals }) {
  const line = (cells) =>
    process.stdout.write(
      `${cells.map((cell, i) => (i < 2 ? cell.padEnd(widths[i]) : cell.padStart(widths[i]))).join('  ')}\n`,
    );
  const pair = ([h, w]) => (h === w ? String(h) : `${h}x${w}`);
  const table = [
    ['name', 'op', 'output', 'params', 'macs', 'useful', 'field', 'jump', 'start'],
    ...rows.map(({ name, op, output, params, macs, useful_macs, field }) => [
      name,
      op,
      output.join('x'),
      String(params),
      String(macs),
      macs === 0 ? '-' : `${((100 * useful_macs) / macs).toFixed(1)} %`,
      ...(field
        ? [pair(field.size), pair(field.jump.map((jump) => Number(jump.toPrecision(6)))), pair(field.start)]
        : ['-', '-', '-']),
    ]),
    ['total', '', '', String(totals.params), String(totals.macs), '', '', '', ''],
  ];
  const widths = table[0].map((_, i) => Math.max(...table.map((row) => row[i].length)));
  for (const row of table) line(row);
}

requireNode();
ensureDependencies(root);
const { names, code, input, json, csv, markdown } = readArguments();
if (names.length > 1) fail(`Name one architecture, not ${names.length}.`);
if ((names.length === 0) === (code === undefined))
  fail("Say what to describe: an architecture's name, or --code 'nn.Sequential(...)'.");
if (code !== undefined && input === undefined) fail('Say what the network reads: --input 3x224x224.');
const { describe: describeNetwork } = await load();
const described = describeNetwork({ name: names[0], code, input: shapeOf(input ?? '3x224x224') });
if (!described.ok) fail(described.message);
print(described.value);
if (json !== undefined) writeFileSync(resolve(json), `${JSON.stringify(described.value, null, 2)}\n`);
if (csv !== undefined) writeFileSync(resolve(csv), described.texts.csv());
if (markdown !== undefined) writeFileSync(resolve(markdown), described.texts.markdown());
