/**
 * A transposed convolution as a direct one: s - 1 zeros between the input's pixels, padding ke - 1 - p (and output_padding more below and
 * to the right), stride 1, and the kernel turned by 180 degrees with its channels exchanged (Dumoulin & Visin 2016, section 4).
 */
import type { Conv2d } from '../../operators/conv2d/attributes.ts';
import { createConv2d } from '../../operators/conv2d/index.ts';
import type { ConvTranspose2d } from '../../operators/convTranspose2d/attributes.ts';
import { createConvTranspose2d } from '../../operators/convTranspose2d/index.ts';
import type { Pair, ParameterValues, PerSide } from '../../operators/operator.ts';
import { effectiveKernel } from '../../operators/window.ts';
import type { Graph, GraphNode, GraphParameters } from '../graph.ts';

export interface DirectConvolution {
  /** Zeros between neighbouring rows and columns of the input. */
  readonly zeros: Pair;
  /** Zeros around the stretched input; negative where it is cropped instead. */
  readonly padding: PerSide;
  /** Applied to the stretched and padded input, without padding of its own. */
  readonly conv: Conv2d;
}

export function directOf(transposed: ConvTranspose2d): DirectConvolution {
  const { inChannels, outChannels, kernelSize, stride, padding, outputPadding, groups, bias, dilation } = transposed;
  const full = (i: 0 | 1) => effectiveKernel(kernelSize[i], dilation[i]) - 1;
  return {
    zeros: [stride[0] - 1, stride[1] - 1],
    padding: {
      top: full(0) - padding.top,
      bottom: full(0) - padding.bottom + outputPadding[0],
      left: full(1) - padding.left,
      right: full(1) - padding.right + outputPadding[1],
    },
    conv: createConv2d({ inChannels, outChannels, kernelSize, groups, bias, dilation }),
  };
}

/** weight [Cin, Cout/g, kh, kw] of the transposed layer → [Cout, Cin/g, kh, kw] of the direct one, each kernel turned by 180 degrees. */
export function turnedWeights(transposed: ConvTranspose2d, weight: Float32Array): Float32Array<ArrayBuffer> {
  const { inChannels, outChannels, groups, kernelSize } = transposed;
  const taps = kernelSize[0] * kernelSize[1];
  const [filters, slices] = [outChannels / groups, inChannels / groups];
  const turned = new Float32Array(weight.length);
  for (let o = 0; o < outChannels; o++) {
    for (let c = 0; c < slices; c++) {
      const channel = Math.floor(o / filters) * slices + c;
      const kernel = (channel * filters + (o % filters)) * taps;
      for (let tap = 0; tap < taps; tap++) turned[(o * slices + c) * taps + tap] = weight[kernel + taps - 1 - tap]!;
    }
  }
  return turned;
}

/** A network that computes the same maps as a transposed convolution, or nearly; it begins at node `input` and ends at node `output`. */
export interface Alternative {
  readonly graph: Graph;
  readonly parameters: GraphParameters;
}

/**
 * The direct convolution as a network: `stretched` holds the input with its zeros, `padded` has the border around it. Stretching is itself
 * the transposed convolution of every channel with a single 1.
 */
export function directAlternative(transposed: ConvTranspose2d, values: ParameterValues): Alternative {
  const { inChannels, stride } = transposed;
  const { padding, conv } = directOf(transposed);
  const stretch = createConvTranspose2d({
    inChannels,
    outChannels: inChannels,
    groups: inChannels,
    kernelSize: [1, 1],
    stride,
    bias: false,
  });
  const nodes: readonly GraphNode[] = [
    { id: 'input', operator: { kind: 'input', channels: inChannels }, inputs: [] },
    { id: 'stretched', operator: stretch, inputs: ['input'] },
    {
      id: 'padded',
      operator: {
        kind: 'pad',
        before: [0, 0, padding.top, padding.left],
        after: [0, 0, padding.bottom, padding.right],
        mode: 'constant',
        value: 0,
      },
      inputs: ['stretched'],
    },
    { id: 'output', operator: conv, inputs: ['padded'] },
  ];
  return {
    graph: { nodes },
    parameters: {
      stretched: { weight: new Float32Array(inChannels).fill(1), bias: null },
      output: { weight: turnedWeights(transposed, values.weight), bias: values.bias },
    },
  };
}
