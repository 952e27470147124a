/** SqueezeNet: Iandola et al., AlexNet-level accuracy with 50x fewer parameters, arXiv 1602.07360; as in torchvision. */
import type { NodeId } from '../graph.ts';
import type { NetworkBuilder } from './builder.ts';

/** Channels of the squeeze layer and of both expand layers; 'pool' halves the maps. */
type Part = readonly [squeeze: number, expand: number] | 'pool';

const versions: Readonly<
  Record<'1.0' | '1.1', { readonly stem: readonly [number, number]; readonly parts: readonly Part[] }>
> = {
  '1.0': {
    stem: [96, 7],
    parts: [
      'pool',
      [16, 64],
      [16, 64],
      [32, 128],
      'pool',
      [32, 128],
      [48, 192],
      [48, 192],
      [64, 256],
      'pool',
      [64, 256],
    ],
  },
  '1.1': {
    stem: [64, 3],
    parts: [
      'pool',
      [16, 64],
      [16, 64],
      'pool',
      [32, 128],
      [32, 128],
      'pool',
      [48, 192],
      [48, 192],
      [64, 256],
      [64, 256],
    ],
  },
};

export function squeezenet(net: NetworkBuilder, classes: number, version: '1.0' | '1.1'): void {
  const { stem, parts } = versions[version];
  const [channels, kernel] = stem;
  let at = net.conv('features.0', 'input', channels, { kernel, stride: 2 });
  at = net.activation('features.1', at);
  for (const [i, part] of parts.entries()) {
    const name = `features.${i + 2}`;
    at =
      part === 'pool' ? net.maxPool(name, at, { kernel: 3, stride: 2, ceilMode: true }) : fire(net, name, at, ...part);
  }
  at = net.dropout('classifier.0', at, 0.5);
  at = net.activation('classifier.2', net.conv('classifier.1', at, classes));
  net.flatten('flatten', net.adaptivePool('classifier.3', at));
}

function fire(net: NetworkBuilder, name: string, from: NodeId, squeeze: number, expand: number): NodeId {
  const at = net.activation(`${name}.squeeze_activation`, net.conv(`${name}.squeeze`, from, squeeze));
  const one = net.activation(`${name}.expand1x1_activation`, net.conv(`${name}.expand1x1`, at, expand));
  const three = net.conv(`${name}.expand3x3`, at, expand, { kernel: 3, padding: 1 });
  return net.concat(`${name}.concat`, one, net.activation(`${name}.expand3x3_activation`, three));
}
