/** The texts of a convolution that a photo's own channels do not need: loaded when a choice first asks for one. */
import denseWgsl from '../../../shaders/dense/dense.wgsl?raw';
import tapsWgsl from '../../../shaders/taps/taps.wgsl?raw';
import { lateSnippets as snippets } from '../programs/lateSnippets.ts';
import { addTexts } from './plan.ts';

addTexts({ dense: { wgsl: denseWgsl, snippets }, taps: { wgsl: tapsWgsl, snippets } });
