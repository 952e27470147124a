/**
 * `npm run bench -- train`: steps of training per second, ours against TensorFlow.js on WebGPU, in one Chromium.
 *   --adapter NAME   default: the machine's GPU; swiftshader. Without it the machine's GPU, else SwiftShader
 *   --batch N        images of a step (32)
 *   --rounds N       rounds of which the median counts (5)
 *   --clock cpu      by processor time, which other work on the machine does not lengthen (Linux); wall is the rule
 *   --json OUT       writes the rows: name, ours, tfjs (steps per second), ratio, losses, failure
 */
import { existsSync, writeFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { ensureDependencies, fail } from '../dependencies.mjs';
import { measureInPage } from './browser.mjs';
import { folder, oneOf, readOptions, say, wholeNumber } from './options.mjs';

/** The shortest turn of a contender, in milliseconds: a few steps at least. */
const turn = 300;

export async function train(args) {
  const options = readOptions(args, {
    adapter: { type: 'string' },
    json: { type: 'string' },
    clock: { type: 'string', default: 'wall' },
    batch: { type: 'string', default: '32' },
    rounds: { type: 'string', default: '5' },
  });
  if (options.adapter !== undefined) oneOf('adapter', options.adapter, ['swiftshader', 'default']);
  const clock = oneOf('clock', options.clock, ['wall', 'cpu']);
  if (clock === 'cpu' && !existsSync('/proc/self/schedstat')) fail('--clock cpu needs Linux.');
  const rounds = { count: wholeNumber('rounds', options.rounds), turn };
  const batch = wholeNumber('batch', options.batch);
  ensureDependencies(folder);
  const heading = (device) => {
    const second = clock === 'cpu' ? 'second of processor time' : 'second';
    say(
      `${device}; steps of ${batch} images per ${second}, median of ${rounds.count} interleaved rounds; ratio = ours / tfjs`,
    );
    say(`${'network'.padEnd(20)}${['ours', 'tfjs', 'ratio'].map((name) => name.padStart(9)).join('')}`);
  };
  const rows = await measureInPage(options.adapter, 'train', { batch, rounds, clock }, heading);
  if (options.json) writeFileSync(resolve(options.json), `${JSON.stringify(rows, null, 2)}\n`);
}
