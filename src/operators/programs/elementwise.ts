/** Plans `elementwise`: an epilogue function on its own, from one array to another of the same shape and layout. */
import wgsl from '../../../shaders/elementwise/elementwise.wgsl?raw';
import { type Epilogue, type EpilogueFunction, functionNumber } from './epilogue.ts';
import { expand } from './expand.ts';
import { type ArrayShape, floatsOf, headFloats } from './layout.ts';
import { type DeviceTraits, type Dispatch, gridOf, type Program } from './program.ts';
import { snippets } from './snippets.ts';
import { elementwiseUniforms } from './uniforms.ts';

export function elementwiseProgram(name: EpilogueFunction): Program {
  return {
    key: `elementwise ${name}`,
    label: `elementwise ${name}`,
    wgsl: expand(wgsl, { FUNCTION: functionNumber[name] }, snippets),
    entryPoint: 'main',
    bindings: ['dynamic', 'read', 'write'],
  };
}

export function dispatchElementwise(
  epilogue: Epilogue,
  array: ArrayShape,
  traits: Pick<DeviceTraits, 'maxWorkgroupsPerDimension'>,
): Dispatch {
  const total = Math.ceil(floatsOf(array) / 4);
  const grid = gridOf(total, traits);
  return {
    uniforms: elementwiseUniforms.write({
      total,
      perRow: grid.perRow,
      inputBase: headFloats / 4,
      outputBase: headFloats / 4,
      slope: epilogue.slope,
      cap: epilogue.cap,
    }),
    workgroups: [grid.x, grid.y, 1],
  };
}
