/** The programs that look at maps: statistics and histogram. Their uniform structs are declared here, once. */

import map from '../../../../shaders/lib/map.wgsl?raw';
import record from '../../../../shaders/lib/record.wgsl?raw';
import reduce from '../../../../shaders/lib/reduce.wgsl?raw';
import extremes from '../../../../shaders/view/extremes.wgsl?raw';
import histogram from '../../../../shaders/view/histogram.wgsl?raw';
import layer from '../../../../shaders/view/layer.wgsl?raw';
import merge from '../../../../shaders/view/merge.wgsl?raw';
import percentiles from '../../../../shaders/view/percentiles.wgsl?raw';
import tiles from '../../../../shaders/view/tiles.wgsl?raw';
import { expand } from '../../../operators/programs/expand.ts';
import type { BindingKind, Program } from '../../../operators/programs/program.ts';
import { uniformStruct } from '../../../operators/programs/uniforms.ts';

const snippets = { map, record, reduce };

function program(key: string, source: string, bindings: readonly BindingKind[]): Program {
  return { key, label: key, wgsl: expand(source, {}, snippets), entryPoint: 'main', bindings };
}

export const viewPrograms = {
  extremes: program('extremes', extremes, ['dynamic', 'read', 'write']),
  merge: program('merge', merge, ['dynamic', 'read', 'write']),
  layer: program('layer', layer, ['dynamic', 'write']),
  histogram: program('histogram', histogram, ['dynamic', 'read', 'read', 'write']),
  percentiles: program('percentiles', percentiles, ['dynamic', 'read', 'write']),
} as const;

export const tilesWgsl = expand(tiles, {}, snippets);

/** Bytes of one Record of `shaders/lib/record.wgsl`. */
export const recordBytes = 32;
/** Pixels that one workgroup of `extremes` and of `histogram` reads. */
export const extremesPixels = 4096;
export const histogramPixels = 16384;

export const mapsUniforms = uniformStruct('Maps', {
  base: 'u32',
  block: 'u32',
  lane: 'u32',
  column: 'u32',
  pixels: 'u32',
  channelOffset: 'u32',
  maps: 'u32',
  bins: 'u32',
  fromRecords: 'u32',
  lo: 'f32',
  hi: 'f32',
});

export const mergeUniforms = uniformStruct('Merge', { chunks: 'u32', maps: 'u32', first: 'u32', accumulate: 'u32' });
export const layerUniforms = uniformStruct('Layer', { maps: 'u32' });
export const percentilesUniforms = uniformStruct('Percentiles', { maps: 'u32' });
