/**
 * `npm run bench [-- COMMAND] [-- OPTIONS]`: how fast the engine is, and against whom. Each command stands in `bench/`:
 *   (none)     ours against TensorFlow.js, ONNX Runtime Web and jax-js
 *   wgsl       the texts of the programs that the planner picks for a GPU
 *   algorithms the candidates of each convolution against each other
 *   train      steps of training per second, against TensorFlow.js
 *   teach      training of the default network on Fashion-MNIST, until it knows enough
 *   steps      what each step of a network takes
 *   peak       what the adapter can do at most
 *   growth     how our time grows with the work
 *   interact   JavaScript time, allocations and compilations per slider step
 *   first      time from navigation to the first maps
 */
import { algorithms } from './bench/algorithms.mjs';
import { compare } from './bench/compare.mjs';
import { first } from './bench/first.mjs';
import { growth } from './bench/growth.mjs';
import { interact } from './bench/interact.mjs';
import { peak } from './bench/peak.mjs';
import { steps } from './bench/steps.mjs';
import { teach } from './bench/teach.mjs';
import { train } from './bench/train.mjs';
import { wgsl } from './bench/wgsl.mjs';
import { fail, requireNode } from './dependencies.mjs';

const commands = { wgsl, algorithms, train, teach, steps, peak, growth, interact, first };

requireNode();
const [command, ...rest] = process.argv.slice(2);
if (command === undefined || command.startsWith('-')) await compare(process.argv.slice(2));
else if (Object.hasOwn(commands, command)) await commands[command](rest);
else fail(`There is no command "${command}": it is one of ${Object.keys(commands).join(', ')}, or none to compare.`);
