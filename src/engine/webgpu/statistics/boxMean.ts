/** The program that reduces maps by box means: for those that are too large to keep. */
import wgsl from '../../../../shaders/view/boxMean.wgsl?raw';
import { expand } from '../../../operators/programs/expand.ts';
import type { Program } from '../../../operators/programs/program.ts';
import { uniformStruct } from '../../../operators/programs/uniforms.ts';

export const boxMeanProgram: Program = {
  key: 'boxMean',
  label: 'boxMean',
  wgsl: expand(wgsl, {}, {}),
  entryPoint: 'main',
  bindings: ['dynamic', 'read', 'write'],
};

export const boxMeanUniforms = uniformStruct('BoxMean', {
  total: 'u32',
  perRow: 'u32',
  factor: 'u32',
  sourceBase: 'u32',
  sourcePlane: 'u32',
  sourceHeight: 'u32',
  sourceWidth: 'u32',
  base: 'u32',
  plane: 'u32',
  width: 'u32',
});
