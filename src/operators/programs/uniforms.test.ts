/** The uniform structs of TypeScript against those of WGSL, read by reflection. */
import '../conv2d/moreTexts.ts';
import { describe, expect, it } from 'vitest';
import { WgslReflect } from 'wgsl_reflect/wgsl_reflect.module.js';
import { copyProgram, copyUniforms, fmaProgram, fmaUniforms } from '../../engine/webgpu/peak.ts';
import { centredProgram } from '../../engine/webgpu/run/moments.ts';
import { boxMeanProgram, boxMeanUniforms } from '../../engine/webgpu/statistics/boxMean.ts';
import {
  covarianceProgram,
  covarianceUniforms,
  mergeCovarianceProgram,
  mergeCovarianceUniforms,
} from '../../engine/webgpu/statistics/covariance.ts';
import {
  layerUniforms,
  mapsUniforms,
  mergeUniforms,
  percentilesUniforms,
  viewPrograms,
} from '../../engine/webgpu/statistics/viewPrograms.ts';
import { createConv2d } from '../conv2d/index.ts';
import { loadRecordText, planConv2d } from '../conv2d/plan.ts';
import { drawnProgram, drawnUniforms, drawnWinogradProgram, drawnWinogradUniforms } from './drawnWeights.ts';
import { elementwiseProgram } from './elementwise.ts';
import { identity } from './epilogue.ts';
import { gatherProgram } from './gather.ts';
import { heldProgram, heldUniforms } from './heldWeights.ts';
import type { Program } from './program.ts';
import {
  convolutionUniforms,
  elementwiseUniforms,
  type Fields,
  gatherUniforms,
  type UniformStruct,
  uniformStruct,
} from './uniforms.ts';

await loadRecordText();

const traits = {
  maxStorageBinding: 2 ** 27,
  maxUniformBinding: 65536,
  maxWorkgroupsPerDimension: 65535,
  canBroadcast: false,
  busyInvocations: 1,
};
const convolution = (
  inChannels: number,
  kernel: number,
  isDual: boolean,
  groups = 1,
  hasResidual = false,
  recordLanes = 0,
): Program =>
  planConv2d(
    createConv2d({ inChannels, outChannels: 8, kernelSize: [kernel, 1], groups }),
    { images: 1, height: 9, width: 9 },
    { ...identity, hasResidual, recordLanes },
    isDual,
    traits,
  ).program;

const programs: readonly (readonly [Program, UniformStruct<Fields>])[] = [
  [convolution(3, 3, false), convolutionUniforms],
  [convolution(3, 61, true), convolutionUniforms],
  [convolution(8, 3, true), convolutionUniforms],
  [convolution(8, 3, false, 8), convolutionUniforms],
  [convolution(8, 3, false, 1, true), convolutionUniforms],
  [convolution(3, 3, true, 1, true), convolutionUniforms],
  [convolution(3, 3, true, 1, true, 32), convolutionUniforms],
  [gatherProgram, gatherUniforms],
  [elementwiseProgram('gelu'), elementwiseUniforms],
  [viewPrograms.extremes, mapsUniforms],
  [centredProgram, mapsUniforms],
  [viewPrograms.histogram, mapsUniforms],
  [viewPrograms.merge, mergeUniforms],
  [viewPrograms.layer, layerUniforms],
  [viewPrograms.percentiles, percentilesUniforms],
  [boxMeanProgram, boxMeanUniforms],
  [heldProgram, heldUniforms],
  [covarianceProgram, covarianceUniforms],
  [mergeCovarianceProgram, mergeCovarianceUniforms],
  [drawnProgram(false), drawnUniforms],
  [drawnProgram(true), drawnUniforms],
  [drawnWinogradProgram(4), drawnWinogradUniforms],
  [fmaProgram(2), fmaUniforms],
  [copyProgram, copyUniforms],
] as never;

describe.each(programs.map(([program, struct]) => ({ name: program.label, program, struct })))(
  '$name',
  ({ program, struct }) => {
    const reflection = new WgslReflect(program.wgsl);

    it('has the uniform struct that TypeScript writes: names, types, order, offsets', () => {
      const found = reflection.structs.find(({ name }) => name === struct.name);
      const members = found?.members.map(({ name, type, offset }) => ({ name, type: type.name, offset }));
      expect(members).toEqual(Object.entries(struct.fields).map(([name, type], i) => ({ name, type, offset: 4 * i })));
      expect(reflection.uniforms[0]?.type.name).toBe(struct.name);
    });

    it('has the bindings that the plan says, in order', () => {
      const bindings = [
        ...reflection.uniforms.map(({ binding, type }) => ({
          binding,
          kind: type.name === struct.name ? 'dynamic' : 'uniform',
        })),
        ...reflection.storage.map(({ binding, access }) => ({ binding, kind: access === 'read' ? 'read' : 'write' })),
      ].sort((a, b) => a.binding - b.binding);
      expect(bindings.map(({ binding }) => binding)).toEqual(program.bindings.map((_, i) => i));
      expect(bindings.map(({ kind }) => kind)).toEqual(program.bindings);
    });

    it('runs 64 invocations per workgroup', () => {
      expect(program.wgsl).toContain('@workgroup_size(64)');
    });
  },
);

describe('a uniform writer', () => {
  it('writes little-endian words at four-byte steps and pads to 16 bytes', () => {
    const struct = uniformStruct('Three', { count: 'u32', offset: 'i32', slope: 'f32' });
    const bytes = struct.write({ count: 3_000_000_000, offset: -2, slope: 0.5 });
    const view = new DataView(bytes);
    expect(bytes.byteLength).toBe(16);
    expect([view.getUint32(0, true), view.getInt32(4, true), view.getFloat32(8, true)]).toEqual([
      3_000_000_000, -2, 0.5,
    ]);
  });
});
