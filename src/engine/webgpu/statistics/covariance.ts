/**
 * Sums of products of channels on the device, in two passes without atomics: the same maps give the same bits. Chunks of samples are
 * cut by the shapes alone, dispatches by the device's pace. Loaded when it is first asked for.
 */
import covariance from '../../../../shaders/covariance/covariance.wgsl?raw';
import mergeCovariance from '../../../../shaders/covariance/mergeCovariance.wgsl?raw';
import { expand } from '../../../operators/programs/expand.ts';
import { stridesOf } from '../../../operators/programs/layout.ts';
import { gridOf, type Program } from '../../../operators/programs/program.ts';
import { uniformStruct } from '../../../operators/programs/uniforms.ts';
import { type ChannelProducts, productsOf, type Sampling } from '../../channelProducts.ts';
import { EngineError } from '../../engine.ts';
import type { Buffer } from '../device/buffers.ts';
import type { Compiled } from '../device/pipelines.ts';
import { readBuffer } from '../device/readback.ts';
import { type Device, NotCompiled } from '../evaluation.ts';
import { bindingOf, type MapArray, type MapPart } from '../maps/arrays.ts';

export const covarianceProgram: Program = {
  key: 'covariance',
  label: 'covariance',
  wgsl: expand(covariance, {}, {}),
  entryPoint: 'main',
  bindings: ['dynamic', 'read', 'read', 'read', 'write'],
};

export const mergeCovarianceProgram: Program = {
  key: 'mergeCovariance',
  label: 'mergeCovariance',
  wgsl: expand(mergeCovariance, {}, {}),
  entryPoint: 'main',
  bindings: ['dynamic', 'read', 'write'],
};

export const covarianceUniforms = uniformStruct('Covariance', {
  rows: 'u32',
  columns: 'u32',
  firstRow: 'u32',
  firstColumn: 'u32',
  channelsA: 'u32',
  channelsB: 'u32',
  isLastA: 'u32',
  isLastB: 'u32',
  baseA: 'u32',
  imageA: 'u32',
  blockA: 'u32',
  laneA: 'u32',
  columnA: 'u32',
  heightA: 'u32',
  widthA: 'u32',
  baseB: 'u32',
  imageB: 'u32',
  blockB: 'u32',
  laneB: 'u32',
  columnB: 'u32',
  heightB: 'u32',
  widthB: 'u32',
  centreB: 'u32',
  height: 'u32',
  width: 'u32',
  samples: 'u32',
  samplesPerChunk: 'u32',
  firstChunk: 'u32',
  isSymmetric: 'u32',
});

export const mergeCovarianceUniforms = uniformStruct('MergeCovariance', {
  entries: 'u32',
  chunks: 'u32',
  slices: 'u32',
  perRow: 'u32',
});

/** Channels of one side of a tile, and samples of its inner sum. */
const tile = 32;
const innerSamples = 256;
const leastSamplesPerChunk = 512;
/** Matrices that are added up on the host. */
const mostSlices = 8;
const mostPartialBytes = 32 * 2 ** 20;

/** How the samples are cut: by their number and the matrix alone. */
interface Cut {
  readonly rows: number;
  readonly columns: number;
  readonly samples: number;
  readonly samplesPerChunk: number;
  readonly chunks: number;
}

/** Records the products of two arrays of whole maps and starts reading them. Throws NotCompiled. */
export function productsOfMaps(
  device: Device,
  a: MapArray,
  b: MapArray,
  sampling: Sampling,
): { readonly products: Promise<ChannelProducts> } {
  const { pool, recorder, traits } = device;
  const programs = [compiled(device, covarianceProgram), compiled(device, mergeCovarianceProgram)] as const;
  const cut = cutOf(a, b, sampling.size, Math.min(mostPartialBytes, traits.maxStorageBinding));
  const entries = cut.rows * cut.columns;
  const slices = Math.min(mostSlices, cut.chunks);
  const sizes = { partials: 4 * entries * cut.chunks, merged: 4 * entries * slices };
  const taken: Buffer[] = [];
  const take = (bytes: number) => {
    taken.push(pool.take(bytes, 'storage'));
    return taken.at(-1)!;
  };
  try {
    const centres = take(4 * (a.shape.channels + b.shape.channels));
    recorder.write(centres, joined(sampling.centreA, sampling.centreB));
    const partials = take(sizes.partials);
    const merged = take(sizes.merged);
    for (const partA of a.parts)
      for (const partB of b.parts)
        dispatchPair(device, programs[0], [a, partA], [b, partB], sampling, cut, [centres, partials]);
    const grid = gridOf(entries, traits);
    recorder.dispatch(
      programs[1],
      {
        uniforms: mergeCovarianceUniforms.write({ entries, chunks: cut.chunks, slices, perRow: grid.perRow }),
        workgroups: [grid.x, grid.y, slices],
      },
      [
        { buffer: partials, size: sizes.partials },
        { buffer: merged, size: sizes.merged },
      ],
    );
    const bytes = readBuffer(device, merged, 0, sizes.merged);
    return {
      products: bytes.then((read) => productsOf(new Float32Array(read), cut.rows, cut.columns, cut.samples, a === b)),
    };
  } finally {
    for (const buffer of taken) pool.give(buffer);
  }
}

function joined(first: Float32Array, second: Float32Array): Float32Array<ArrayBuffer> {
  const values = new Float32Array(first.length + second.length);
  values.set(first);
  values.set(second, first.length);
  return values;
}

function compiled(device: Device, program: Program): Compiled {
  const ready = device.pipelines.ready(program);
  if (!ready) throw new NotCompiled(program);
  return ready;
}

function cutOf(a: MapArray, b: MapArray, [height, width]: Sampling['size'], room: number): Cut {
  const [rows, columns] = [a.shape.channels + 1, b.shape.channels + 1];
  const samples = a.shape.images * height * width;
  const fitting = Math.floor(room / (4 * rows * columns));
  if (fitting < 1) {
    const values = { rows, columns, limit: room };
    throw new EngineError('too-large', `products of ${rows} x ${columns} channels exceed a binding`, values);
  }
  const wanted = Math.ceil(samples / Math.min(fitting, Math.ceil(samples / leastSamplesPerChunk)));
  const samplesPerChunk = Math.ceil(wanted / innerSamples) * innerSamples;
  return { rows, columns, samples, samplesPerChunk, chunks: Math.ceil(samples / samplesPerChunk) };
}

/** The products of two parts, as many chunks at a time as a dispatch may hold. */
function dispatchPair(
  { recorder, pace, traits }: Device,
  program: Compiled,
  [a, partA]: readonly [MapArray, MapPart],
  [b, partB]: readonly [MapArray, MapPart],
  { size: [height, width] }: Sampling,
  cut: Cut,
  [centres, partials]: readonly [Buffer, Buffer],
): void {
  const isLast = (whole: MapArray, part: MapPart) =>
    Number(part.channel + part.shape.channels === whole.shape.channels);
  const [isLastA, isLastB] = [isLast(a, partA), isLast(b, partB)];
  const [from, to] = [stridesOf(partA.shape), stridesOf(partB.shape)];
  const tilesOf = (part: MapPart, ones: number) => Math.ceil((part.shape.channels + ones) / tile);
  const [across, down] = [tilesOf(partA, isLastA), tilesOf(partB, isLastB)];
  const macsPerChunk = across * down * tile * tile * cut.samplesPerChunk;
  const atOnce = Math.max(
    1,
    Math.min(Math.floor(pace.macsPerDispatch / macsPerChunk), traits.maxWorkgroupsPerDimension),
  );
  for (let firstChunk = 0; firstChunk < cut.chunks; firstChunk += atOnce) {
    const uniforms = covarianceUniforms.write({
      rows: cut.rows,
      columns: cut.columns,
      firstRow: partA.channel,
      firstColumn: partB.channel,
      channelsA: partA.shape.channels,
      channelsB: partB.shape.channels,
      isLastA,
      isLastB,
      baseA: from.base,
      imageA: from.image,
      blockA: from.block,
      laneA: from.lane,
      columnA: from.column,
      heightA: partA.shape.height,
      widthA: partA.shape.width,
      baseB: to.base,
      imageB: to.image,
      blockB: to.block,
      laneB: to.lane,
      columnB: to.column,
      heightB: partB.shape.height,
      widthB: partB.shape.width,
      centreB: a.shape.channels,
      height,
      width,
      samples: cut.samples,
      samplesPerChunk: cut.samplesPerChunk,
      firstChunk,
      isSymmetric: Number(a === b),
    });
    const workgroups = [across, down, Math.min(atOnce, cut.chunks - firstChunk)] as const;
    recorder.dispatch(program, { uniforms, workgroups }, [
      bindingOf(partA),
      bindingOf(partB),
      { buffer: centres, size: 4 * (a.shape.channels + b.shape.channels) },
      { buffer: partials, size: 4 * cut.rows * cut.columns * cut.chunks },
    ]);
    recorder.submit();
  }
}
