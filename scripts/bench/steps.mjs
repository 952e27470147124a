/**
 * `npm run bench -- steps [--workloads FILE.json]`: what each step of a network takes by itself, on llvmpipe or on the driver that
 * VK_ICD_FILENAMES names: its share of their sum, the programs that ran, what was computed together, the maps that it leaves.
 */
import { join } from 'node:path';
import { fail } from '../dependencies.mjs';
import { loadNodePart } from './inNode.mjs';
import { folder, readJson, readOptions, say } from './options.mjs';
import { nameLlvmpipe } from './vulkan.mjs';

export async function steps(args) {
  const options = readOptions(args, {
    workloads: { type: 'string', default: join(folder, 'workloads', 'networks.json') },
  });
  const workloads = readJson(options.workloads);
  nameLlvmpipe();
  const { stepsInNode } = await loadNodePart();
  try {
    await stepsInNode(workloads, (name, list, wholeMs) => {
      const sum = list.reduce((total, { timing }) => total + (timing?.ms ?? 0), 0);
      say(
        `${name}: ${list.length} steps, ${sum.toPrecision(3)} ms one by one, ${wholeMs.toPrecision(3)} ms in one run`,
      );
      for (const { node, fused, programs, shape, timing } of list) {
        const ms = timing?.ms ?? 0;
        const share = `${((100 * ms) / sum).toFixed(1)} %`;
        const maps = shape.slice(1).join('x');
        say(
          `  ${ms.toPrecision(3).padStart(8)} ms ${share.padStart(7)}  ${maps.padEnd(14)} ${[node, ...fused].join(' + ').padEnd(44)} ${programs.join(' + ')}`,
        );
      }
    });
  } catch (error) {
    fail(error.message.split('\n')[0]);
  }
  process.exit(0);
}
