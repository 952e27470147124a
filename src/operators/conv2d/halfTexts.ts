/** `dense` in f16: its text and the packing of its weights, loaded when a run first asks for speed before digits. */
import denseWgsl from '../../../shaders/dense/dense.wgsl?raw';
import halfWeightsWgsl from '../../../shaders/lib/halfWeights.wgsl?raw';
import multiplyHalf from '../../../shaders/lib/multiplyHalf.wgsl?raw';
import { halfWeights } from '../programs/halfWeights.ts';
import { lateSnippets } from '../programs/lateSnippets.ts';
import { addTexts } from './plan.ts';

const snippets = { ...lateSnippets, halfWeights: halfWeightsWgsl, multiplyHalf };

addTexts({ 'dense f16': { wgsl: denseWgsl, snippets, narrowing: halfWeights } });
