/**
 * A node of an exported layer as one statement of PyTorch, from the arrays of its file: `a["conv.weight"]`. Layers with weights are written as
 * functions of them, all others as the written network has them.
 */
import type { GraphNode, NodeId } from '../../graph/graph.ts';
import { resolvePadding } from '../../operators/conv2d/padding.ts';
import type { Pair, PerSide, Shape } from '../../operators/operator.ts';
import type { Slice } from '../../operators/slice/attributes.ts';
import { dimensions } from '../../operators/tensors.ts';
import { helpers } from '../networkText/write/helpers.ts';
import { operatorCode } from '../networkText/write/operatorCode.ts';
import { numberText } from '../networkText/write/text.ts';
import { activationInPython } from './pytorchScript.ts';

const tuple = ([h, w]: Pair) => `(${h}, ${w})`;
const pad = (value: string, { top, bottom, left, right }: PerSide, mode = 'constant') =>
  top + bottom + left + right === 0 ? value : `F.pad(${value}, (${left}, ${right}, ${top}, ${bottom}), mode="${mode}")`;
const modes = { zeros: 'constant', reflect: 'reflect', replicate: 'replicate', circular: 'circular' } as const;

export interface NodeStatement {
  readonly text: string;
  /** A function that the statement calls, to stand before it. */
  readonly helper: string | null;
}

/**
 * `hasBias`: whether the node's arrays hold one; `read`: the shapes of what it reads. Throws for parts of gradients, which are no layers.
 */
export function nodeStatement(
  node: GraphNode,
  nameOf: (id: NodeId) => string,
  hasBias: boolean,
  read: readonly Shape[],
): NodeStatement {
  const name = nameOf(node.id);
  const own = ownStatement(node, nameOf, hasBias);
  if (own !== null) return { text: own, helper: null };
  const { operator, inputs } = node;
  if (operator.kind === 'input') return { text: `${name} = a["${name}"]`, helper: null };
  const { module, apply, helper, note } = operatorCode(operator, read);
  const said = note === undefined ? '' : `# ${note}:\n`;
  return {
    text: `${said}${name} = ${apply(inputs.map(nameOf), module ?? '')}`,
    helper: helper === undefined ? null : helpers[helper],
  };
}

/** Of what has weights, and of what a module would do otherwise than the network; null: as `operatorCode` writes it. */
function ownStatement(
  { id, operator, inputs }: GraphNode,
  nameOf: (id: NodeId) => string,
  hasBias: boolean,
): string | null {
  const [read = 'read', second = '', third = ''] = inputs.map(nameOf);
  const name = nameOf(id);
  const weight = `a["${name}.weight"]`;
  const bias = hasBias ? `a["${name}.bias"]` : 'None';
  switch (operator.kind) {
    case 'conv2d': {
      const { stride, dilation, groups, paddingMode } = operator;
      const padded = pad(read, resolvePadding(operator), modes[paddingMode]);
      return `${name} = F.conv2d(${padded}, ${weight}, ${bias}, stride=${tuple(stride)}, dilation=${tuple(dilation)}, groups=${groups})`;
    }
    case 'conv_transpose2d': {
      const { stride, dilation, groups, padding, outputPadding } = operator;
      const { top, bottom, left, right } = padding;
      // Cropped behind, since the two sides may differ; output_padding adds rows that hold the bias.
      const whole = `F.conv_transpose2d(${read}, ${weight}, ${bias}, stride=${tuple(stride)}, output_padding=${tuple(outputPadding)}, groups=${groups}, dilation=${tuple(dilation)})`;
      return `${name} = ${whole}\n${name} = ${name}[:, :, ${top}:${name}.shape[2] - ${bottom}, ${left}:${name}.shape[3] - ${right}]`;
    }
    case 'deform_conv2d': {
      const { stride, dilation, padding, hasMask } = operator;
      const mask = hasMask ? third : 'None';
      const padded = pad(read, padding);
      return `${name} = torchvision.ops.deform_conv2d(${padded}, ${second}, ${weight}, ${bias}, stride=${tuple(stride)}, dilation=${tuple(dilation)}, mask=${mask})`;
    }
    case 'linear':
      return `${name} = F.linear(${read}.flatten(1), ${weight}.flatten(1), ${bias})[:, :, None, None]`;
    case 'locally_connected2d': {
      const { kernelSize, stride, dilation, padding, outChannels } = operator;
      const columns = `F.unfold(${pad(read, padding)}, ${tuple(kernelSize)}, dilation=${tuple(dilation)}, stride=${tuple(stride)})`;
      const sum = `torch.einsum("nkp,pok->nop", ${columns}, ${weight}).reshape(1, ${outChannels}, *y_saved.shape[2:])`;
      return `${name} = ${sum}${hasBias ? ` + ${bias}` : ''}`;
    }
    case 'batch_norm2d': {
      const statistics = `a["${name}.running_mean"], a["${name}.running_var"]`;
      return `${name} = F.batch_norm(${read}, ${statistics}, ${weight}, ${bias}, eps=${numberText(operator.eps)})`;
    }
    case 'group_norm':
      return `${name} = F.group_norm(${read}, ${operator.numGroups}, ${weight}, ${bias}, eps=${numberText(operator.eps)})`;
    case 'layer_norm2d': {
      const pixels = `F.layer_norm(${read}.permute(0, 2, 3, 1), (${operator.numChannels},), ${weight}, ${bias}, eps=${numberText(operator.eps)})`;
      return `${name} = ${pixels}.permute(0, 3, 1, 2)`;
    }
    case 'prelu':
      return `${name} = F.prelu(${read}, ${weight})`;
    case 'local_response_norm': {
      const { size, alpha, beta, k, channelsBefore } = operator;
      // Written out: PyTorch's own places the window of channels in one way alone.
      const squares = `F.pad(${read} ** 2, (0, 0, 0, 0, ${channelsBefore}, ${size - 1 - channelsBefore})).unfold(1, ${size}, 1).sum(-1)`;
      return `${name} = ${read} / (${numberText(k)} + ${numberText(alpha)} / ${size} * ${squares}) ** ${numberText(beta)}`;
    }
    // A module that is made here would train, and drop.
    case 'dropout':
      return `${name} = ${read}`;
    case 'channel_shuffle':
      return `${name} = F.channel_shuffle(${read}, ${operator.groups})`;
    case 'reshape':
      return `${name} = ${read}.reshape(${operator.shape.join(', ')})`;
    case 'slice':
      return `${name} = ${sliced(read, operator)}`;
    case 'activation':
      return `${name} = ${activationInPython(operator.function, read)}`;
    default:
      return null;
  }
}

/** Backwards, which PyTorch's slices cannot go, it is turned round behind. */
function sliced(read: string, { start, count, step }: Slice): string {
  const turned = dimensions.filter((axis) => step[axis] < 0);
  const parts = dimensions.map((axis) => {
    const [from, by] = [start[axis], step[axis]];
    const last = from + (count[axis] - 1) * by;
    const [low, high] = by < 0 ? [last, from] : [from, last];
    return `${low}:${high + 1}${Math.abs(by) === 1 ? '' : `:${Math.abs(by)}`}`;
  });
  return `${read}[${parts.join(', ')}]${turned.length > 0 ? `.flip(${turned.join(', ')})` : ''}`;
}
