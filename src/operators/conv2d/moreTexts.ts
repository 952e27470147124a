/** The texts of a convolution that a photo's own channels do not need: loaded when a choice first asks for one. */
import deepWindowWgsl from '../../../shaders/deepWindow/deepWindow.wgsl?raw';
import denseWgsl from '../../../shaders/dense/dense.wgsl?raw';
import gemmWgsl from '../../../shaders/gemm/gemm.wgsl?raw';
import rollingLanesWgsl from '../../../shaders/rolling/lanes.wgsl?raw';
import rollingWgsl from '../../../shaders/rolling/rolling.wgsl?raw';
import tapsWgsl from '../../../shaders/taps/taps.wgsl?raw';
import { lateSnippets as snippets } from '../programs/lateSnippets.ts';
import { addTexts } from './plan.ts';

addTexts({
  dense: { wgsl: denseWgsl, snippets },
  gemm: { wgsl: gemmWgsl, snippets },
  deepWindow: { wgsl: deepWindowWgsl, snippets },
  rolling: { wgsl: rollingWgsl, snippets },
  'rolling lanes': { wgsl: rollingLanesWgsl, snippets },
  taps: { wgsl: tapsWgsl, snippets },
});
