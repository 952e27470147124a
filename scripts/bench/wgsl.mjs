/**
 * `npm run bench -- wgsl --workloads FILE.json --out DIR`: the final text of each workload's program as the planner picks it for a GPU,
 * as DIR/NAME.wgsl, and DIR/NAME.json with `entryPoint, constants, workgroups, bindings`; NAME.1, NAME.2 ... where a plan has several
 * programs. With `--candidates` all that a tuner would try for a convolution, as NAME.CANDIDATE. With `--statistics` those of a run whose maps
 * are shown, so that their statistics are wanted too. `--precision fast`: as fast runs take them on a GPU that has f16. What compiles WGSL for
 * a GPU reads them; no GPU and no browser are needed.
 */
import { mkdirSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { fail } from '../dependencies.mjs';
import { loadNodePart } from './inNode.mjs';
import { folder, oneOf, readJson, readOptions, say } from './options.mjs';

export async function wgsl(args) {
  const options = readOptions(args, {
    workloads: { type: 'string', default: join(folder, 'workloads', 'deep.json') },
    out: { type: 'string' },
    candidates: { type: 'boolean', default: false },
    statistics: { type: 'boolean', default: false },
    precision: { type: 'string', default: 'exact' },
  });
  if (options.out === undefined) fail('Say where the texts go: --out DIR.');
  const precision = oneOf('precision', options.precision, ['exact', 'fast']);
  if (options.candidates && precision === 'fast')
    fail('--candidates are those of exact runs: leave out --precision fast.');
  const json = readJson(options.workloads);
  const out = resolve(options.out);
  const { programsOf } = await loadNodePart();
  let files;
  try {
    const { candidates: ofCandidates, statistics: areShown } = options;
    files = await programsOf(json, { ofCandidates, areShown, precision });
  } catch (error) {
    fail(error.message.split('\n')[0]);
  }
  mkdirSync(out, { recursive: true });
  for (const { name, wgsl: text, facts } of files) {
    writeFileSync(join(out, `${name}.wgsl`), text);
    writeFileSync(join(out, `${name}.json`), `${JSON.stringify(facts, null, 2)}\n`);
    say(`${name.padEnd(options.candidates ? 50 : 30)} ${facts.label}`);
  }
  // Dawn keeps threads of its own.
  process.exit(0);
}
