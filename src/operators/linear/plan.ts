/** Plans `linear`: one pass over blocks of four filters. */
import wgsl from '../../../shaders/linear/linear.wgsl?raw';
import type { Shape } from '../operator.ts';
import { cutGrid, type Range, workgroupsOf } from '../programs/cuts.ts';
import { type Epilogue, epilogueChoices, epilogueConstants, identity } from '../programs/epilogue.ts';
import { expand } from '../programs/expand.ts';
import { stridesOf } from '../programs/layout.ts';
import { input, output, type PassPlan, passOf, residual, wholeArray } from '../programs/passes.ts';
import type { DeviceTraits, Program } from '../programs/program.ts';
import { snippets } from '../programs/snippets.ts';
import { uniformStruct } from '../programs/uniforms.ts';
import { floatsPerBlock, packingOf, type WeightOrder } from '../programs/weights.ts';
import type { Linear } from './attributes.ts';

const linearUniforms = uniformStruct('Linear', {
  inputBase: 'u32',
  inputBlocks: 'u32',
  outputBase: 'u32',
  outputBlocks: 'u32',
  firstGroup: 'u32',
  groupEnd: 'u32',
  perRow: 'u32',
  firstImage: 'u32',
  firstBound: 'u32',
  slope: 'f32',
  cap: 'f32',
});

function programOf(epilogue: Epilogue): Program {
  return {
    key: ['linear', ...epilogueChoices(epilogue)].join(' '),
    label: 'linear',
    wgsl: expand(wgsl, { SCALAR: 0, ...epilogueConstants(epilogue, 4) }, snippets),
    entryPoint: 'main',
    bindings: ['dynamic', 'read', 'read', 'write', ...(epilogue.hasResidual ? ['read' as const] : [])],
  };
}

export function planLinear(
  { inFeatures, outFeatures }: Linear,
  inputs: readonly Shape[],
  outputShape: Shape,
  traits: Pick<DeviceTraits, 'maxWorkgroupsPerDimension'>,
  epilogue: Epilogue = identity,
): PassPlan {
  const [source, target] = [wholeArray(inputs[0]!, 'blocked'), wholeArray(outputShape, 'blocked')];
  const order: WeightOrder = {
    taps: 'blocks',
    filters: 4,
    groups: 1,
    outChannels: outFeatures,
    inChannels: inFeatures,
    kernel: [1, 1],
  };
  const blocks = Math.ceil(outFeatures / 4);
  const shape = {
    inputBase: stridesOf(source).base / 4,
    inputBlocks: Math.ceil(inFeatures / 4),
    outputBase: stridesOf(target).base / 4,
    outputBlocks: blocks,
    slope: epilogue.slope,
    cap: epilogue.cap,
  };
  const partsOf = (parts: number, [first, end]: Range = [0, blocks]) =>
    cutGrid(end - first, target.images, parts).map((part) => {
      const { workgroups, perRow } = workgroupsOf(part, traits);
      const values = {
        ...shape,
        firstGroup: first + part.groups[0],
        groupEnd: first + part.groups[1],
        perRow,
        firstImage: part.blocks[0],
        firstBound: first,
      };
      return { values, uniforms: linearUniforms.write(values), workgroups };
    });
  const whole = partsOf(1)[0]!;
  return {
    inputLayouts: ['blocked'],
    outputLayout: 'blocked',
    scratch: [],
    passes: [
      passOf(linearUniforms, whole.values, {
        program: programOf(epilogue),
        workgroups: whole.workgroups,
        operands: [
          input(0),
          { of: 'packed', packing: packingOf(order, 'storage') },
          output,
          ...(epilogue.hasResidual ? [residual] : []),
        ],
        work: target.images * blocks * floatsPerBlock(order),
        cut: partsOf,
      }),
    ],
  };
}
