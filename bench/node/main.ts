/** What the benchmark's script runs in Node: bundled by it, so that the engine's shaders come along. */

export { readWorkloads } from '../sample/workload.ts';
export { summaryOf } from '../timing/row.ts';
export { algorithmsInNode } from './algorithms.ts';
export { compareInNode, peakInNode, stepsInNode } from './onVulkan.ts';
export { programsOf } from './programsOf.ts';
