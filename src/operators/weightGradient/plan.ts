/**
 * Plans the gradient at a weight as two passes: sums over chunks of positions, as many as keep the device busy, and the sum of these. The
 * order of all additions follows from the shapes, so that the same maps give the same bits.
 */
import snippet from '../../../shaders/lib/weightGradient.wgsl?raw';
import productsWgsl from '../../../shaders/weightGradient/products.wgsl?raw';
import sumWgsl from '../../../shaders/weightGradient/sum.wgsl?raw';
import wgsl from '../../../shaders/weightGradient/weightGradient.wgsl?raw';
import type { Shape } from '../operator.ts';
import { cutGrid, type GridPart, workgroupsOf } from '../programs/cuts.ts';
import { expand } from '../programs/expand.ts';
import { headFloats, stridesOf } from '../programs/layout.ts';
import { input, type Operand, output, type PassPlan, passOf, scratch, wholeArray } from '../programs/passes.ts';
import { type DeviceTraits, gridOf, type Program } from '../programs/program.ts';
import { uniformStruct } from '../programs/uniforms.ts';
import { elementsOf } from '../tensors.ts';
import type { WeightGradient } from './attributes.ts';
import { fewSums, mostSums, productTile, tileOf, type WeightTile } from './tile.ts';

const gradientUniforms = uniformStruct('WeightGradient', {
  firstTile: 'u32',
  tileEnd: 'u32',
  perRow: 'u32',
  firstChunk: 'u32',
  rounds: 'u32',
  positions: 'u32',
  xBase: 'u32',
  xImage: 'u32',
  xPlane: 'u32',
  gBase: 'u32',
  gImage: 'u32',
  gPlane: 'u32',
  yBase: 'u32',
  height: 'u32',
  width: 'u32',
  rows: 'u32',
  columns: 'u32',
  stepN: 'u32',
  stepY: 'u32',
  stepX: 'u32',
  strideY: 'u32',
  strideX: 'u32',
  dilationY: 'u32',
  dilationX: 'u32',
  top: 'u32',
  left: 'u32',
  slices: 'u32',
  filters: 'u32',
  kernelHeight: 'u32',
  kernelWidth: 'u32',
  tapRows: 'u32',
  tapColumns: 'u32',
  sliceTiles: 'u32',
  filterTiles: 'u32',
  fours: 'u32',
  weights: 'u32',
});
const sumUniforms = uniformStruct('ChunkSum', { total: 'u32', perRow: 'u32', base: 'u32', chunks: 'u32' });

type Traits = Pick<
  DeviceTraits,
  'maxWorkgroupsPerDimension' | 'busyInvocations' | 'canBroadcast' | 'maxStorageBinding'
>;

/** Positions of a chunk, at least: adding up the invocations of a workgroup, or the chunks, costs about as much as some of them. */
const leastPositions = 512;
/** Floats that the sums of all chunks may take. */
const mostChunked = 1 << 24;

/** `together`: how many sums invocations lay down at a time, to be added up. */
function programOf(tile: WeightTile, positions: number, together: number): Program {
  const { kind, filters: O, channels: C, rows: R, columns: T } = tile;
  const isProduct = kind === 'products';
  const label = `weight gradient ${kind} O${O}${isProduct ? '' : ` C${C} R${R} T${T} P${positions}`}`;
  const choices = { SCALAR: Number(kind === 'scalar'), DEPTHWISE: Number(kind === 'depthwise') };
  return {
    key: `${label} ${together}`,
    label,
    wgsl: expand(
      isProduct ? productsWgsl : wgsl,
      { O, C, R, T, P: positions, L: together, ...choices },
      { weightGradient: snippet },
    ),
    entryPoint: 'main',
    bindings: ['dynamic', 'read', 'read', 'write'],
  };
}

const sumProgram: Program = {
  key: 'weight gradient sum',
  label: 'sum of chunks',
  wgsl: sumWgsl,
  entryPoint: 'main',
  bindings: ['dynamic', 'read', 'write'],
};

/** The numbers of an array in elements of its layout. */
function walkOf(shape: Shape, layout: 'planar' | 'blocked') {
  const { base, image, block, lane } = stridesOf(wholeArray(shape, layout));
  return layout === 'planar' ? { base, image, plane: lane } : { base: base / 4, image: image / 4, plane: block / 4 };
}

export function planWeightGradient(
  operator: WeightGradient,
  [x, gy]: readonly [Shape, Shape],
  outputShape: Shape,
  traits: Traits,
): PassPlan {
  const tile =
    (traits.canBroadcast ? null : productTile(operator)) ?? tileOf(operator, traits.canBroadcast ? fewSums : mostSums);
  // A depthwise layer is one group of filters, each with one channel.
  const groups = tile.kind === 'depthwise' ? 1 : operator.groups;
  const slices = operator.inChannels / operator.groups;
  const filters = operator.outChannels / groups;
  const [kh, kw] = operator.kernelSize;
  const [images, , rows, columns] = gy;
  const positions = images * rows * columns;
  const weights = elementsOf(outputShape);
  const isProduct = tile.kind === 'products';
  const fours = Math.ceil(slices / 4);
  const filterTiles = Math.ceil(filters / tile.filters);
  const tiles = isProduct
    ? { fours, filterTiles, tapRows: 1, tapColumns: 1, sliceTiles: Math.ceil((fours * kh * kw) / tile.channels) }
    : {
        ...{ fours, filterTiles },
        tapRows: Math.ceil(kh / tile.rows),
        tapColumns: Math.ceil(kw / tile.columns),
        sliceTiles: Math.ceil(slices / tile.channels),
      };
  const tileCount = groups * tiles.tapRows * tiles.tapColumns * tiles.sliceTiles * tiles.filterTiles;
  // Software adapters keep sums in memory: several products of one follow each other.
  const perRound = traits.canBroadcast ? 2 : 1;
  const step = isProduct ? 8 : 64;
  const allRounds = Math.ceil(positions / (step * perRound));
  // There, too, a workgroup's barriers are dear: as few chunks as keep the cores busy.
  const wanted = Math.min(
    traits.canBroadcast ? Math.ceil(8 / tileCount) : Math.ceil(traits.busyInvocations / 64 / tileCount) * 4,
    Math.ceil((allRounds * step) / leastPositions),
    Math.max(1, Math.floor(Math.min(mostChunked, traits.maxStorageBinding / 4 - headFloats) / weights)),
  );
  const rounds = Math.max(1, Math.ceil(allRounds / wanted));
  const chunks = Math.ceil(allRounds / rounds) || 1;
  const layout = tile.kind === 'scalar' ? 'planar' : 'blocked';
  const [from, gradients] = [walkOf(x, layout), walkOf(gy, layout)];
  const values = {
    ...{ rounds, positions, rows, columns, slices, filters, weights, kernelHeight: kh, kernelWidth: kw },
    ...{ xBase: from.base, xImage: from.image, xPlane: from.plane, height: x[2], width: x[3] },
    ...{ gBase: gradients.base, gImage: gradients.image, gPlane: gradients.plane, yBase: headFloats },
    stepN: Math.floor(step / (rows * columns)),
    stepY: Math.floor(step / columns) % rows,
    stepX: step % columns,
    ...{ strideY: operator.stride[0], strideX: operator.stride[1] },
    ...{ dilationY: operator.dilation[0], dilationX: operator.dilation[1] },
    ...{ top: operator.padding[0], left: operator.padding[1] },
    ...tiles,
  };
  const partOf = (part: GridPart) => {
    const { workgroups, perRow } = workgroupsOf(part, traits);
    const [firstTile, tileEnd] = part.groups;
    return { workgroups, place: { firstTile, tileEnd, perRow, firstChunk: part.blocks[0] } };
  };
  const whole = partOf({ groups: [0, tileCount], blocks: [0, chunks] });
  const sums: Operand = chunks === 1 ? output : scratch(0);
  const products = passOf(
    gradientUniforms,
    { ...values, ...whole.place },
    {
      program: programOf(tile, perRound, traits.canBroadcast ? 32 : 16),
      workgroups: whole.workgroups,
      operands: [input(0), input(1), sums],
      work: weights * positions,
      cut: (parts) =>
        cutGrid(tileCount, chunks, parts).map((part) => {
          const { workgroups, place } = partOf(part);
          return { uniforms: gradientUniforms.write({ ...values, ...place }), workgroups };
        }),
    },
  );
  const grid = gridOf(weights, traits);
  const sum = passOf(
    sumUniforms,
    { total: weights, perRow: grid.perRow, base: headFloats, chunks },
    { program: sumProgram, workgroups: [grid.x, grid.y, 1], operands: [scratch(0), output], work: weights * chunks },
  );
  return {
    inputLayouts: [layout, layout],
    outputLayout: 'planar',
    scratch: chunks === 1 ? [] : [wholeArray([1, chunks, 1, weights], 'planar')],
    passes: chunks === 1 ? [products] : [products, sum],
  };
}
