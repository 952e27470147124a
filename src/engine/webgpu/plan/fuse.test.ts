import '../../../operators/late.ts';
import { describe, expect, it } from 'vitest';
import { NetworkBuilder } from '../testing/networks.ts';
import { fuse } from './fuse.ts';

/** What is computed together, kinds joined by "+". */
function fused(network: NetworkBuilder, outputs: readonly string[]): readonly string[] {
  return fuse({ nodes: network.nodes }, network.shapes, outputs).map(({ head, joined, residual }) => {
    const kinds = [head.id, ...joined].map((id) => id.split(' ')[0]);
    return `${kinds.join('+')}${residual === null ? '' : ` of ${residual}`}`;
  });
}

describe('what is computed together', () => {
  it('is a convolution with its batch norm, its residual and its activation', () => {
    const network = new NetworkBuilder([1, 8, 6, 6]);
    const block = network.residualBlock('input');
    expect(fused(network, [block])).toEqual([
      'conv2d+batch_norm2d+activation',
      'conv2d+batch_norm2d+arithmetic+activation of input',
    ]);
  });

  it('is, of two convolutions that are added, the later one with the sum', () => {
    const network = new NetworkBuilder([1, 8, 6, 6]);
    const [a, b] = [network.conv('input', 4), network.norm(network.conv('input', 4, 1))];
    expect(fused(network, [network.sum(b, a)])).toEqual(['conv2d', `conv2d+batch_norm2d+arithmetic of ${a}`]);
  });

  it('ends where somebody else reads or wants to see what is between', () => {
    const network = new NetworkBuilder([1, 8, 6, 6]);
    const conv = network.conv('input', 4);
    const norm = network.norm(conv);
    const active = network.activation(norm);
    expect(fused(network, [active])).toEqual(['conv2d+batch_norm2d+activation']);
    expect(fused(network, [active, conv])).toEqual(['conv2d', 'batch_norm2d', 'activation']);
    expect(fused(network, [active, norm])).toEqual(['conv2d+batch_norm2d+activation']);
    const other = network.activation(norm, 'tanh');
    expect(fused(network, [active, other])).toEqual(['conv2d+batch_norm2d', 'activation', 'activation']);
  });

  it('is nothing behind an activation, no second norm, no sum that repeats one of its terms', () => {
    const network = new NetworkBuilder([1, 4, 6, 6]);
    const active = network.activation(network.conv('input', 4));
    const normed = network.norm(network.norm(network.conv(active, 4)));
    const one = network.conv(normed, 1);
    const wide = network.sum(normed, one);
    const twice = network.conv(wide, 4);
    expect(fused(network, [network.norm(network.sum(twice, twice))])).toEqual([
      'conv2d+activation',
      'conv2d+batch_norm2d',
      'batch_norm2d',
      'conv2d',
      'arithmetic',
      'conv2d',
      'arithmetic',
      'batch_norm2d',
    ]);
  });
});
