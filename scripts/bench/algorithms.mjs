/**
 * `npm run bench -- algorithms`: the candidates of each convolution against each other, time and error, on llvmpipe or on the driver
 * that VK_ICD_FILENAMES names. `--data sparse`: on the values that lose most digits.
 */
import { writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { fail } from '../dependencies.mjs';
import { loadNodePart } from './inNode.mjs';
import { folder, oneOf, readJson, readOptions, say, wholeNumber } from './options.mjs';
import { nameLlvmpipe } from './vulkan.mjs';

export async function algorithms(args) {
  const options = readOptions(args, {
    workloads: { type: 'string', default: join(folder, 'workloads', 'deep.json') },
    data: { type: 'string', default: 'even' },
    rounds: { type: 'string', default: '5' },
    json: { type: 'string' },
  });
  const isSparse = oneOf('data', options.data, ['even', 'sparse']) === 'sparse';
  const rounds = { count: wholeNumber('rounds', options.rounds), turn: 60 };
  const workloads = readJson(options.workloads);
  nameLlvmpipe();
  const { algorithmsInNode } = await loadNodePart();
  const rows = [];
  try {
    await algorithmsInNode(workloads, rounds, isSparse, (row) => {
      rows.push(row);
      const { name, algorithm, ms, error } = row;
      say(
        `${name.padEnd(32)} ${algorithm.padEnd(24)} ${ms.toPrecision(3).padStart(8)} ms   error ${error.toExponential(1)}`,
      );
    });
  } catch (error) {
    fail(error.message.split('\n')[0]);
  }
  if (options.json) writeFileSync(resolve(options.json), `${JSON.stringify(rows, null, 2)}\n`);
  process.exit(0);
}
