/** Networks written down layer by layer: each call adds a step behind those that it names and gives the step's own name. */
import type { Shape } from '../../../src/operators/operator.ts';
import type { Layer, Rectifier } from '../layers.ts';
import { elementsOf, inputName, type Step, stepOf } from '../steps.ts';

export interface ConvOptions {
  readonly stride?: number;
  readonly padding?: number;
  readonly groups?: number;
  readonly activation?: Rectifier | null;
}

export interface NetworkBuilder {
  /** The maps that the network reads. */
  readonly input: string;
  shapeOf(id: string): Shape;
  /** Square kernels, "same" padding where none is said, and ReLU. */
  conv(from: string, outChannels: number, kernel: number, options?: ConvOptions): string;
  /** One filter per channel, 3 x 3. */
  depthwise(from: string, options: ConvOptions): string;
  /** Twice the rows and columns: kernel 2, stride 2, ReLU. */
  upsample(from: string, outChannels: number): string;
  maxPool(from: string, kernel: number, stride: number, padding?: number): string;
  globalMean(from: string): string;
  /** The sum of both, and ReLU. */
  addAndRectify(a: string, b: string): string;
  concat(parts: readonly string[]): string;
  flatten(from: string): string;
  linear(from: string, outFeatures: number, activation?: Rectifier | null): string;
  readonly steps: readonly Step[];
}

const all = (size: number) => ({ top: size, left: size, bottom: size, right: size });

/** `name`: of the workload, for the sentence that is thrown where maps are too small. */
export function buildNetwork(shape: Shape, name: string): NetworkBuilder {
  const steps: Step[] = [];
  const shapes = new Map<string, Shape>([[inputName, shape]]);
  const shapeOf = (id: string): Shape => shapes.get(id)!;
  const add = (layer: Layer, from: readonly string[]): string => {
    const step = stepOf({ id: `${layer.kind} ${steps.length}`, layer, from }, from.map(shapeOf), name);
    steps.push(step);
    shapes.set(step.id, step.output);
    return step.id;
  };
  const activate = (from: string, activation: Rectifier | null): string =>
    activation ? add({ kind: 'activation', function: activation }, [from]) : from;
  const conv: NetworkBuilder['conv'] = (from, outChannels, kernel, options = {}) => {
    const { stride = 1, padding = (kernel - 1) / 2, groups = 1, activation = 'relu' } = options;
    const layer: Layer = {
      kind: 'conv2d',
      inChannels: shapeOf(from)[1],
      outChannels,
      kernelSize: [kernel, kernel],
      stride: [stride, stride],
      padding: all(padding),
      dilation: [1, 1],
      groups,
      bias: true,
      paddingMode: 'zeros',
    };
    return activate(add(layer, [from]), activation);
  };
  return {
    input: inputName,
    shapeOf,
    steps,
    conv,
    depthwise: (from, options) => conv(from, shapeOf(from)[1], 3, { ...options, groups: shapeOf(from)[1] }),
    upsample(from, outChannels) {
      const layer: Layer = {
        kind: 'conv_transpose2d',
        inChannels: shapeOf(from)[1],
        outChannels,
        kernelSize: [2, 2],
        stride: [2, 2],
        padding: all(0),
        outputPadding: [0, 0],
        dilation: [1, 1],
        groups: 1,
        bias: true,
      };
      return activate(add(layer, [from]), 'relu');
    },
    maxPool(from, kernel, stride, padding = 0) {
      const layer: Layer = {
        kind: 'pool2d',
        function: 'max',
        kernelSize: [kernel, kernel],
        stride: [stride, stride],
        padding: all(padding),
        dilation: [1, 1],
        ceilMode: false,
        countIncludePad: true,
      };
      return add(layer, [from]);
    },
    globalMean: (from) => add({ kind: 'adaptive_pool2d', function: 'average', outputSize: [1, 1] }, [from]),
    addAndRectify: (a, b) => activate(add({ kind: 'arithmetic', function: 'add' }, [a, b]), 'relu'),
    concat: (parts) => add({ kind: 'concat', axis: 1 }, parts),
    flatten: (from) => add({ kind: 'reshape', shape: [1, elementsOf(shapeOf(from)), 1, 1] }, [from]),
    linear(from, outFeatures, activation = null) {
      const [, inFeatures] = shapeOf(from);
      return activate(add({ kind: 'linear', inFeatures, outFeatures, bias: true }, [from]), activation);
    },
  };
}
