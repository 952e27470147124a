/**
 * `npm run bench [-- COMMAND] [-- OPTIONS]`: how fast the engine is, and against whom. Each command stands in `bench/`:
 *   (none)     ours against TensorFlow.js, ONNX Runtime Web and jax-js
 *   wgsl       the texts of the programs that the planner picks for a GPU
 *   interact   JavaScript time, allocations and compilations per slider step
 */
import { compare } from './bench/compare.mjs';
import { interact } from './bench/interact.mjs';
import { wgsl } from './bench/wgsl.mjs';
import { fail, requireNode } from './dependencies.mjs';

const commands = { wgsl, interact };

requireNode();
const [first, ...rest] = process.argv.slice(2);
if (first === undefined || first.startsWith('-')) await compare(process.argv.slice(2));
else if (Object.hasOwn(commands, first)) await commands[first](rest);
else fail(`There is no command "${first}": it is one of ${Object.keys(commands).join(', ')}, or none to compare.`);
