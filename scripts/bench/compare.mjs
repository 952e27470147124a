/**
 * `npm run bench`: ours against the peers, in one run: in one Chromium, or for llvmpipe, which Chromium does not offer, in one Node.
 *   --workloads FILE.json   what to run (bench/workloads/image.json unless given): layers, chains of layers, whole networks
 *   --peers tfjs,ort        against whom: tfjs, ort (also in WebAssembly), jax
 *   --adapter NAME          default: the machine's GPU; swiftshader; llvmpipe. Without it the machine's GPU, else SwiftShader
 *   --json OUT              writes the rows: name, ours_ms, peers, ratio, gflops, kernel
 *   --cpu                   the CPU engine too; --cpu-threads N says with how many threads (as many as the page takes)
 *   --rounds N              rounds of which the median counts (7)
 *   --clock wall            by the wall clock (the rule), or
 *   --clock cpu             by processor time, which other work on the machine does not lengthen (Linux; the rule on llvmpipe)
 */
import { existsSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { ensureDependencies, fail } from '../dependencies.mjs';
import { measureInPage } from './browser.mjs';
import { loadNodePart } from './inNode.mjs';
import { folder, oneOf, readJson, readOptions, say, wholeNumber } from './options.mjs';
import { nameLlvmpipe } from './vulkan.mjs';

const allPeers = ['tfjs', 'ort', 'jax'];
/** The shortest turn of a contender, in milliseconds. */
const turn = 30;

export async function compare(args) {
  const options = readOptions(args, {
    workloads: { type: 'string', default: join(folder, 'workloads', 'image.json') },
    peers: { type: 'string', default: 'tfjs,ort' },
    json: { type: 'string' },
    adapter: { type: 'string' },
    cpu: { type: 'boolean', default: false },
    'cpu-threads': { type: 'string' },
    rounds: { type: 'string', default: '7' },
    clock: { type: 'string' },
  });
  const peers = options.peers.split(',').filter(Boolean);
  for (const peer of peers) oneOf('peer', peer, allPeers);
  if (options.adapter !== undefined) oneOf('adapter', options.adapter, ['swiftshader', 'llvmpipe', 'default']);
  const rounds = { count: wholeNumber('rounds', options.rounds), turn };
  const cpuThreads = options['cpu-threads'] && wholeNumber('cpu-threads', options['cpu-threads']);
  const cpu = options.cpu || cpuThreads ? { threads: cpuThreads ?? null } : null;
  const workloads = readJson(options.workloads);
  const isInNode = options.adapter === 'llvmpipe';
  const clock = oneOf('clock', options.clock ?? (isInNode ? 'cpu' : 'wall'), ['wall', 'cpu']);
  if (clock === 'cpu' && !existsSync('/proc/self/schedstat')) fail('--clock cpu needs Linux.');
  if (cpu && isInNode) fail('--cpu is for browsers: with --adapter llvmpipe ours runs on WebGPU alone.');
  const heading = (device) =>
    say(
      `${device}; milliseconds ${clock === 'cpu' ? 'of processor time ' : ''}per run, median of ${rounds.count} interleaved rounds`,
    );
  const node = await loadNodePart();
  try {
    node.readWorkloads(workloads);
  } catch (error) {
    fail(error.message.split('\n')[0]);
  }
  ensureDependencies(folder);
  const rows = isInNode
    ? await inNode(node, { workloads, peers, rounds, clock }, heading)
    : await measureInPage(options.adapter, 'compare', { workloads, peers, cpu, rounds, clock }, heading);
  // A network reads a picture and is no image layer.
  const channels = workloads.map(({ kind, in_channels }) =>
    kind === 'network' ? Number.POSITIVE_INFINITY : in_channels,
  );
  for (const line of node.summaryOf(rows, channels)) say(line);
  if (options.json) writeFileSync(resolve(options.json), `${JSON.stringify(rows, null, 2)}\n`);
  if (isInNode) process.exit(0);
}

async function inNode({ compareInNode }, options, heading) {
  nameLlvmpipe();
  const absent = options.peers.filter((peer) => peer !== 'tfjs');
  if (absent.length > 0)
    say(`${absent.join(' and ')}: not on llvmpipe, since they need a browser; their times are null.`);
  try {
    return await compareInNode({ ...options, withTfjs: options.peers.includes('tfjs') }, say, heading);
  } catch (error) {
    return fail(error.message.split('\n')[0]);
  }
}
