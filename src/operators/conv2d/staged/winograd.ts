/**
 * A 3x3 convolution with stride 1 as products in Winograd's domain (Lavin and Gray 2016): F(m x m, 3 x 3) takes (m+2)^2 products for
 * 9 m^2, 2.25 times fewer for m = 2 and 4 times for m = 4.
 *
 *   Y = At [ sum over ci of (G W Gt) (Bt d B) ] A
 *
 * Three programs: tiles of the input into the domain; there (m+2)^2 matrices, one for each point, which are the groups of a 1x1
 * convolution by `dense`; and back, with bias and epilogue. Weights are transformed once, in float64.
 */
import inputWgsl from '../../../../shaders/winograd/input.wgsl?raw';
import outputWgsl from '../../../../shaders/winograd/output.wgsl?raw';
import type { Shape } from '../../operator.ts';
import type { Epilogue } from '../../programs/epilogue.ts';
import { expand } from '../../programs/expand.ts';
import { type ArrayShape, storedChannels, stridesOf } from '../../programs/layout.ts';
import { input, passOf, scratch, wholeArray } from '../../programs/passes.ts';
import { type DeviceTraits, gridOf, type Program } from '../../programs/program.ts';
import { snippets } from '../../programs/snippets.ts';
import { uniformStruct } from '../../programs/uniforms.ts';
import type { Conv2d } from '../attributes.ts';
import type { WinogradChoice } from '../choice.ts';
import { resolvePadding } from '../padding.ts';
import { denseStage, type StagedPlan } from './denseStage.ts';
import { lastOperands, lastProgram } from './lastStage.ts';

const inputUniforms = uniformStruct('WinogradInput', {
  total: 'u32',
  perRow: 'u32',
  inputBase: 'u32',
  inputPlane: 'u32',
  inputHeight: 'u32',
  inputWidth: 'u32',
  offsetY: 'i32',
  offsetX: 'i32',
  blocks: 'u32',
  tiles: 'u32',
  tilesX: 'u32',
  outputBase: 'u32',
});
const outputUniforms = uniformStruct('WinogradOutput', {
  total: 'u32',
  perRow: 'u32',
  inputBase: 'u32',
  blocks: 'u32',
  tiles: 'u32',
  tilesX: 'u32',
  outputBase: 'u32',
  outputPlane: 'u32',
  outputHeight: 'u32',
  outputWidth: 'u32',
  slope: 'f32',
  cap: 'f32',
});

/** G: a row of a kernel at the points of the domain, 0, 1, -1 (m = 2) or 0, +-1/sqrt 2, +-sqrt 2 (m = 4), and infinity. */
const root = Math.SQRT2;
const kernelTransforms: Readonly<Record<2 | 4, readonly (readonly [number, number, number])[]>> = {
  2: [
    [1, 0, 0],
    [1 / 2, 1 / 2, 1 / 2],
    [1 / 2, -1 / 2, 1 / 2],
    [0, 0, 1],
  ],
  4: [
    [1, 0, 0],
    [-2 / 3, -root / 3, -1 / 3],
    [-2 / 3, root / 3, -1 / 3],
    [1 / 6, root / 6, 1 / 3],
    [1 / 6, -root / 6, 1 / 3],
    [0, 0, 1],
  ],
};

export function planWinograd(
  conv: Conv2d,
  { outputs: m, pixels, filters }: WinogradChoice,
  [source, target]: readonly [Shape, Shape],
  epilogue: Epilogue,
  isDual: boolean,
  traits: DeviceTraits,
): StagedPlan {
  const from = wholeArray(source, 'blocked');
  const to = wholeArray(target, 'blocked');
  const points = (m + 2) ** 2;
  const [tilesY, tilesX] = [Math.ceil(to.height / m), Math.ceil(to.width / m)];
  const tiles = tilesY * tilesX;
  const inDomain = (array: ArrayShape): ArrayShape => {
    return { ...array, channels: points * storedChannels(array), height: tilesY, width: tilesX };
  };
  const [factors, products] = [inDomain(from), inDomain(to)];
  const pointwise: Conv2d = {
    ...conv,
    inChannels: factors.channels,
    outChannels: products.channels,
    kernelSize: [1, 1],
    padding: 'valid',
    groups: points,
    bias: false,
  };
  const padding = resolvePadding(conv);
  const inBlocks = storedChannels(from) / 4;
  const outBlocks = storedChannels(to) / 4;
  const [inTotal, outTotal] = [inBlocks * tiles * from.images, outBlocks * tiles * to.images];
  const [inGrid, outGrid] = [gridOf(inTotal, traits), gridOf(outTotal, traits)];
  const { pass: product, weightBytes } = denseStage(
    {
      conv: pointwise,
      pixels,
      filters,
      input: { array: factors, operand: scratch(0) },
      output: { array: products, operand: scratch(1) },
      key: `winograd ${m}`,
      weights: ({ weight }) => winogradWeights(conv, m, weight),
      places: (order) => {
        return { of: 'winograd', order, outputs: m, inChannels: conv.inChannels, outChannels: conv.outChannels };
      },
    },
    traits,
  );
  return {
    inputLayouts: ['blocked'],
    outputLayout: 'blocked',
    scratch: [factors, products],
    weightBytes,
    passes: [
      passOf(
        inputUniforms,
        {
          total: inTotal,
          perRow: inGrid.perRow,
          inputBase: stridesOf(from).base / 4,
          inputPlane: from.height * from.width,
          inputHeight: from.height,
          inputWidth: from.width,
          offsetY: -padding.top,
          offsetX: -padding.left,
          blocks: inBlocks,
          tiles,
          tilesX,
          outputBase: stridesOf(factors).base / 4,
        },
        {
          program: inputProgram(m),
          workgroups: [inGrid.x, inGrid.y, 1],
          operands: [input(0), scratch(0)],
          work: inTotal * points,
        },
      ),
      product,
      passOf(
        outputUniforms,
        {
          total: outTotal,
          perRow: outGrid.perRow,
          inputBase: stridesOf(products).base / 4,
          blocks: outBlocks,
          tiles,
          tilesX,
          outputBase: stridesOf(to).base / 4,
          outputPlane: to.height * to.width,
          outputHeight: to.height,
          outputWidth: to.width,
          slope: epilogue.slope,
          cap: epilogue.cap,
        },
        {
          program: lastProgram(`winograd F(${m},3) output`, outputWgsl, { M: m }, epilogue, isDual),
          workgroups: [outGrid.x, outGrid.y, 1],
          operands: [scratch(1), ...lastOperands(storedChannels(to), epilogue, isDual)],
          work: outTotal * points,
        },
      ),
    ],
  };
}

/** [Cout, Cin, 3, 3] → G W Gt as [point][Cout, filled up to fours][Cin, filled up to fours]. */
export function winogradWeights({ inChannels, outChannels }: Conv2d, m: 2 | 4, weight: Float32Array): Float32Array {
  const G = kernelTransforms[m];
  const slices = Math.ceil(inChannels / 4) * 4;
  const plane = Math.ceil(outChannels / 4) * 4 * slices;
  const transformed = new Float32Array(G.length ** 2 * plane);
  for (let o = 0; o < outChannels; o++) {
    for (let c = 0; c < inChannels; c++) {
      const first = (o * inChannels + c) * 9;
      G.forEach((down, y) => {
        const row = [0, 1, 2].map((x) =>
          down.reduce((sum, factor, ky) => sum + factor * weight[first + 3 * ky + x]!, 0),
        );
        G.forEach((along, x) => {
          const value = along[0] * row[0]! + along[1] * row[1]! + along[2] * row[2]!;
          transformed[(y * G.length + x) * plane + o * slices + c] = value;
        });
      });
    }
  }
  return transformed;
}

function inputProgram(m: 2 | 4): Program {
  const label = `winograd F(${m},3) input`;
  return {
    key: label,
    label,
    wgsl: expand(inputWgsl, { M: m }, snippets),
    entryPoint: 'main',
    bindings: ['dynamic', 'read', 'write'],
  };
}
