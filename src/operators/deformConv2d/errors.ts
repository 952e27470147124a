/** Why a deformable convolution cannot be applied: each rule that torchvision's `deform_conv2d` checks, in its words. */
import { channelsError } from '../convolutionErrors.ts';
import type { OperatorError, Shape } from '../operator.ts';
import type { DeformConv2d } from './attributes.ts';
import { type DeformInputs, outputShapeOf } from './samples.ts';

/** What is wrong with the attributes alone, or null. */
export function attributeError(conv: DeformConv2d): OperatorError | null {
  const { kernelSize, stride, padding, dilation, offsetGroups } = conv;
  const first = channelsError(conv, padding);
  if (first) return first;
  const refuse = (code: string, name: string, [h, w]: readonly [number, number]): OperatorError => ({
    code,
    message: `${name}_h: ${h} ${name}_w: ${w}`,
    values: { height: h, width: w },
  });
  if (kernelSize.some((k) => k <= 0)) return refuse('kernel-not-positive', 'weight', kernelSize);
  if (stride.some((s) => s <= 0)) return refuse('stride-not-positive', 'stride', stride);
  const pads = [Math.min(padding.top, padding.bottom), Math.min(padding.left, padding.right)] as const;
  if (pads.some((p) => p < 0)) return refuse('padding-negative', 'pad', pads);
  if (dilation.some((d) => d <= 0)) return refuse('dilation-not-positive', 'dilation', dilation);
  if (Number.isSafeInteger(offsetGroups) && offsetGroups > 0 && conv.inChannels % offsetGroups === 0) return null;
  return {
    code: 'offset-groups-not-divisible',
    message: expected('input_c.size(1) % n_offset_grps == 0'),
    values: { inChannels: conv.inChannels, offsetGroups },
  };
}

/** What keeps the layer (attributes valid) from being applied to inputs of these shapes, or null. */
export function inputsError(conv: DeformConv2d, { x, offset, mask }: DeformInputs<Shape>): OperatorError | null {
  const [images, channels, height, width] = x;
  if (channels !== conv.inChannels)
    return {
      code: 'input-channels',
      message: expected('weight_c.size(1) * n_weight_grps == input_c.size(1)'),
      values: { expected: conv.inChannels, got: channels },
    };
  const [, , rows, columns] = outputShapeOf(conv, x);
  if (images < 1 || rows < 1 || columns < 1)
    return {
      code: 'output-too-small',
      message: `Calculated output size too small - out_h: ${rows} out_w: ${columns}`,
      values: { height, width },
    };
  const perTap = conv.offsetGroups * conv.kernelSize[0] * conv.kernelSize[1];
  const size = [images, rows, columns] as const;
  return shapeError('offset', offset, 2 * perTap, size) ?? (mask && shapeError('mask', mask, perTap, size));
}

function shapeError(
  name: 'offset' | 'mask',
  shape: Shape,
  channels: number,
  [images, rows, columns]: readonly [images: number, rows: number, columns: number],
): OperatorError | null {
  const refuse = (what: string, message: string, values: OperatorError['values']) => ({
    code: `${name}-${what}`,
    message,
    values,
  });
  if (shape[1] !== channels)
    return refuse('channels', `${name}.shape[1] is not valid: got: ${shape[1]} expected: ${channels}`, {
      expected: channels,
      got: shape[1],
    });
  if (shape[0] !== images) return refuse('batch', `invalid batch size of ${name}`, { expected: images, got: shape[0] });
  if (shape[2] !== rows || shape[3] !== columns)
    return refuse(
      'size',
      `${name} output dims: (${shape[2]}, ${shape[3]}) - computed output dims: (${rows}, ${columns})`,
      { height: rows, width: columns },
    );
  return null;
}

/** PyTorch's sentence for a condition without words of its own. */
function expected(condition: string): string {
  return `Expected ${condition} to be true, but got false.  (Could this error message be improved?  If so, please report an enhancement request to PyTorch.)`;
}
