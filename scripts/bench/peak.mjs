/** `npm run bench -- peak`: what the adapter can do at most, by the engine's own measurement: multiply-adds and copies. */
import { writeFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { fail } from '../dependencies.mjs';
import { measureInPage } from './browser.mjs';
import { loadNodePart } from './inNode.mjs';
import { oneOf, readOptions, say } from './options.mjs';
import { nameLlvmpipe } from './vulkan.mjs';

export async function peak(args) {
  const options = readOptions(args, { adapter: { type: 'string' }, json: { type: 'string' } });
  if (options.adapter !== undefined) oneOf('adapter', options.adapter, ['swiftshader', 'llvmpipe', 'default']);
  const isInNode = options.adapter === 'llvmpipe';
  const report = isInNode ? await inNode() : await measureInPage(options.adapter, 'peak', null);
  const { device, gflops, gigabytesPerSecond, method } = report;
  say(
    `${device}: ${gflops.toPrecision(3)} GFLOP/s in multiply-adds, ${gigabytesPerSecond.toPrecision(3)} GB/s in a copy (read and written; by ${method})`,
  );
  if (options.json) writeFileSync(resolve(options.json), `${JSON.stringify(report, null, 2)}\n`);
  if (isInNode) process.exit(0);
}

async function inNode() {
  nameLlvmpipe();
  const { peakInNode } = await loadNodePart();
  try {
    return await peakInNode();
  } catch (error) {
    return fail(error.message.split('\n')[0]);
  }
}
