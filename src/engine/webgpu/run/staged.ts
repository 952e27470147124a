/** Convolutions in several programs: loaded when a choice first asks for one. */
export { planStaged } from '../../../operators/conv2d/staged/index.ts';
export { runPasses } from './passRuns.ts';
