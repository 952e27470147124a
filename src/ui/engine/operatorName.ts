/** An operator in a few characters, by PyTorch's names, which are never translated: "Conv2d 3 → 16, 3 × 3". */
import type { Operator } from '../../operators/index.ts';
import type { Pair } from '../../operators/operator.ts';

export function operatorName(operator: Operator): string {
  switch (operator.kind) {
    case 'conv2d':
    case 'conv_transpose2d':
    case 'deform_conv2d':
    case 'locally_connected2d':
      return `${className(operator.kind)} ${operator.inChannels} → ${operator.outChannels}, ${sides(operator.kernelSize)}`;
    case 'activation':
      return operator.function;
    case 'arithmetic':
    case 'elementwise':
    case 'reduce':
      return `${operator.kind} ${operator.function}`;
    case 'pool2d':
      return `${operator.function} pool, ${sides(operator.kernelSize)}`;
    default:
      return className(operator.kind);
  }
}

function sides([height, width]: Pair): string {
  return `${height} × ${width}`;
}

/** conv_transpose2d → ConvTranspose2d */
function className(kind: string): string {
  return kind.replace(/(?:^|_)([a-z])/g, (_, letter: string) => letter.toUpperCase());
}
