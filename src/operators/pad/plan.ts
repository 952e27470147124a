/** Plans `pad`: one pass from planar to planar. */
import wgsl from '../../../shaders/pad/pad.wgsl?raw';
import type { Shape } from '../operator.ts';
import { expand } from '../programs/expand.ts';
import { lateSnippets } from '../programs/lateSnippets.ts';
import { floatsOf, stridesOf } from '../programs/layout.ts';
import { input, output, type PassPlan, passOf, wholeArray } from '../programs/passes.ts';
import { type DeviceTraits, gridOf, type Program } from '../programs/program.ts';
import { uniformStruct } from '../programs/uniforms.ts';
import { type Pad, padModes } from './attributes.ts';

const padUniforms = uniformStruct('Pad', {
  total: 'u32',
  perRow: 'u32',
  inputBase: 'u32',
  outputBase: 'u32',
  mode: 'u32',
  value: 'f32',
  images: 'i32',
  channels: 'i32',
  height: 'i32',
  width: 'i32',
  outChannels: 'u32',
  outHeight: 'u32',
  outWidth: 'u32',
  beforeN: 'i32',
  beforeC: 'i32',
  beforeY: 'i32',
  beforeX: 'i32',
});

const program: Program = {
  key: 'pad',
  label: 'pad',
  wgsl: expand(wgsl, {}, lateSnippets),
  entryPoint: 'main',
  bindings: ['dynamic', 'read', 'write'],
};

export function planPad(
  pad: Pad,
  inputs: readonly Shape[],
  outputShape: Shape,
  traits: Pick<DeviceTraits, 'maxWorkgroupsPerDimension'>,
): PassPlan {
  const source = wholeArray(inputs[0]!, 'planar');
  const target = wholeArray(outputShape, 'planar');
  const total = floatsOf(target);
  const grid = gridOf(total, traits);
  const [beforeN, beforeC, beforeY, beforeX] = pad.before;
  const values = {
    total,
    perRow: grid.perRow,
    inputBase: stridesOf(source).base,
    outputBase: stridesOf(target).base,
    mode: padModes.indexOf(pad.mode),
    value: pad.value,
    images: source.images,
    channels: source.channels,
    height: source.height,
    width: source.width,
    outChannels: target.channels,
    outHeight: target.height,
    outWidth: target.width,
    beforeN,
    beforeC,
    beforeY,
    beforeX,
  };
  const pass = passOf(padUniforms, values, {
    program,
    workgroups: [grid.x, grid.y, 1],
    operands: [input(0), output],
    work: total,
  });
  return { inputLayouts: ['planar'], outputLayout: 'planar', scratch: [], passes: [pass] };
}
