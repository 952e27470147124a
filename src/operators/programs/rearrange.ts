/** Plans `rearrange`: the same values in another order, on the host and on the GPU. */
import wgsl from '../../../shaders/rearrange/rearrange.wgsl?raw';
import type { FloatArray, Shape } from '../operator.ts';
import { floatsOf, type Layout, stridesOf } from './layout.ts';
import { input, output, type PassPlan, passOf, wholeArray } from './passes.ts';
import { type DeviceTraits, gridOf, type Program } from './program.ts';
import { uniformStruct } from './uniforms.ts';

/**
 * Output places, counted row-major, as numbers of at most six digits, the slowest first: a digit of `size` values moves through the
 * input by `step` elements. The sizes multiply to the output's elements; output 0 reads input element `first`.
 */
export interface Rearrangement {
  readonly first: number;
  readonly digits: readonly { readonly size: number; readonly step: number }[];
}

/** The input element that each output element copies, in order. */
export function sourcesOf({ first, digits }: Rearrangement): Int32Array {
  let sources = Int32Array.of(first);
  for (const { size, step } of digits) {
    const next = new Int32Array(sources.length * size);
    for (let i = 0; i < next.length; i++) next[i] = sources[Math.floor(i / size)]! + (i % size) * step;
    sources = next;
  }
  return sources;
}

/** Copies the rearranged values into `target`; those that stay side by side together. */
export function rearrangeInto<A extends FloatArray>(rearrangement: Rearrangement, values: FloatArray, target: A): A {
  const { first, digits } = rearrangement;
  const last = digits.at(-1);
  const run = last?.step === 1 ? last.size : 1;
  sourcesOf(run > 1 ? { first, digits: digits.slice(0, -1) } : rearrangement).forEach((source, i) => {
    if (run > 1) target.set(values.subarray(source, source + run), i * run);
    else target[i] = values[source]!;
  });
  return target;
}

const rearrangeUniforms = uniformStruct('Rearrange', {
  total: 'u32',
  perRow: 'u32',
  first: 'i32',
  base: 'u32',
  size1: 'u32',
  size2: 'u32',
  size3: 'u32',
  size4: 'u32',
  size5: 'u32',
  step0: 'i32',
  step1: 'i32',
  step2: 'i32',
  step3: 'i32',
  step4: 'i32',
  step5: 'i32',
});

const program: Program = {
  key: 'rearrange',
  label: 'rearrange',
  wgsl,
  entryPoint: 'main',
  bindings: ['dynamic', 'read', 'write'],
};

/** `layout`: how the input lies, which the steps count in. Vectors are left in blocks where those are the same bytes. */
export function planRearrangement(
  { first, digits }: Rearrangement,
  inputShape: Shape,
  outputShape: Shape,
  traits: Pick<DeviceTraits, 'maxWorkgroupsPerDimension'>,
  layout: Layout = 'planar',
): PassPlan {
  if (digits.length > 6) throw new Error('a rearrangement has at most six digits');
  const source = wholeArray(inputShape, layout);
  const target = wholeArray(outputShape, 'planar');
  const total = floatsOf(target);
  const grid = gridOf(total, traits);
  const six = [...Array.from({ length: 6 - digits.length }, () => ({ size: 1, step: 0 })), ...digits];
  const [a, b, c, d, e, f] = six as [Digit, Digit, Digit, Digit, Digit, Digit];
  const values = {
    total,
    perRow: grid.perRow,
    first: stridesOf(source).base + first,
    base: stridesOf(target).base,
    size1: b.size,
    size2: c.size,
    size3: d.size,
    size4: e.size,
    size5: f.size,
    step0: a.step,
    step1: b.step,
    step2: c.step,
    step3: d.step,
    step4: e.step,
    step5: f.step,
  };
  const pass = passOf(rearrangeUniforms, values, {
    program,
    workgroups: [grid.x, grid.y, 1],
    operands: [input(0), output],
    work: total,
  });
  const [, channels, height, width] = outputShape;
  const isInBlocks = channels % 4 === 0 && height === 1 && width === 1;
  return { inputLayouts: [layout], outputLayout: isInBlocks ? 'blocked' : 'planar', scratch: [], passes: [pass] };
}

type Digit = Rearrangement['digits'][number];
