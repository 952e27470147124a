/** Pooling and resizing as PyTorch has them. */
import { isSymmetric, pairText } from '../../../operators/codeText.ts';
import type { Axis, PerSide, Shape } from '../../../operators/operator.ts';
import type { Pool2d } from '../../../operators/pool2d/attributes.ts';
import { positions, windowOf } from '../../../operators/pool2d/positions.ts';
import type { Resize } from '../../../operators/resize/attributes.ts';
import { effectiveKernel } from '../../../operators/window.ts';
import { moduleCode, type OperatorCode, paddedModule } from './code.ts';
import { call, numberText, yes } from './text.ts';

export function poolCode(pool: Pool2d, input: Shape): OperatorCode {
  const { padding, kernelSize } = pool;
  const isMax = pool.function === 'max';
  // PyTorch's own padding is the same on both sides and at most half of the kernel.
  const isOwn = isSymmetric(padding) && 2 * padding.top <= kernelSize[0] && 2 * padding.left <= kernelSize[1];
  const module = call(
    isMax ? 'nn.MaxPool2d' : 'nn.AvgPool2d',
    [pairText(kernelSize)],
    [
      ['stride', pairText(pool.stride), pairText(kernelSize)],
      ['padding', isOwn ? pairText([padding.top, padding.left]) : '0', '0'],
      ...(isMax ? [['dilation', pairText(pool.dilation), '1'] as const] : []),
      ['ceil_mode', yes(pool.ceilMode), 'False'],
      ['count_include_pad', yes(isMax || pool.countIncludePad), 'True'],
    ],
  );
  const sides = isOwn || !pool.ceilMode ? padding : readSides(pool, input);
  const code = isOwn ? moduleCode(module) : paddedModule(module, sides, isMax ? ", value=float('-inf')" : '');
  if (isMax) return code;
  if (pool.dilation.some((d) => d !== 1)) return { ...code, note: 'nn.AvgPool2d has no dilation' };
  if (!isOwn && !pool.countIncludePad)
    return { ...code, note: 'nn.AvgPool2d leaves out no padding that differs by side' };
  return code;
}

/** Without what no window reads: to PyTorch padding around a pool is its input, and with `ceil_mode` a window more may begin in it. */
function readSides(pool: Pool2d, [, , height, width]: Shape): PerSide {
  const after = (axis: Axis, size: number) => {
    const { kernel, stride, dilation, before, after: all } = windowOf(pool, axis, size);
    const end = (positions(pool, axis, size) - 1) * stride + effectiveKernel(kernel, dilation);
    return Math.min(all, end - size - before);
  };
  return { ...pool.padding, bottom: after('h', height), right: after('w', width) };
}

const modes = { nearest: 'nearest', linear: 'bilinear', cubic: 'bicubic' } as const;

export function resizeCode(resize: Resize, input: Shape): OperatorCode {
  const { mode, size, scaleFactor, coordinateTransformationMode: coordinates } = resize;
  const isAligned = coordinates === 'align_corners';
  const scale = scaleFactor?.map(numberText);
  const scaleText = scale && (scale[0] === scale[1] ? scale[0]! : `(${scale.join(', ')})`);
  const module = call(
    'nn.Upsample',
    [],
    [
      ...(size ? [['size', `(${size.join(', ')})`] as const] : [['scale_factor', scaleText ?? '1'] as const]),
      ['mode', `'${modes[mode]}'`, "'nearest'"],
      ['align_corners', yes(mode !== 'nearest' && isAligned), 'False'],
    ],
  );
  // PyTorch aligns the corners of the size that it has rounded down.
  const isRounded = scaleFactor?.some((factor, i) => !Number.isInteger(factor * input[i + 2]!)) ?? false;
  const isOwn =
    !(size && scaleFactor) &&
    !(isAligned && isRounded) &&
    !resize.excludeOutside &&
    (mode === 'nearest'
      ? coordinates === 'asymmetric' && resize.nearestMode === 'floor'
      : (isAligned || coordinates === 'half_pixel') && (mode === 'linear' || resize.cubicCoeffA === -0.75));
  return isOwn
    ? moduleCode(module)
    : { ...moduleCode(module), note: `nn.Upsample has no ${coordinates} like this one` };
}
