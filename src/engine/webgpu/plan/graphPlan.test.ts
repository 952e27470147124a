import '../../../operators/late.ts';
import { describe, expect, it } from 'vitest';
import { NetworkBuilder } from '../testing/networks.ts';
import type { Fusion } from './fusion.ts';
import { type Memory, type Needs, planGraph } from './graphPlan.ts';

const plenty: Memory = { budget: 2 ** 30, room: 2 ** 30, maxBinding: 2 ** 27 };

/** Convolutions of the photo read planes, all others blocks; permutations planes from and to. */
function needsOf({ head }: Fusion): Needs {
  switch (head.operator.kind) {
    case 'conv2d':
      return { inputs: [head.inputs[0] === 'input' ? 'planar' : 'blocked'], output: 'blocked', scratch: [] };
    case 'permute':
      return { inputs: ['planar'], output: 'planar', scratch: [] };
    case 'activation':
    case 'dropout':
      return { inputs: [null], output: null, scratch: [] };
    default:
      return { inputs: head.inputs.map(() => 'blocked'), output: 'blocked', scratch: [] };
  }
}

/** A line for each step: what it makes, and what is read for the last time. */
function planned(network: NetworkBuilder, outputs: readonly string[], memory = plenty): readonly string[] {
  const { steps } = planGraph({ nodes: network.nodes }, network.shapes, outputs, needsOf, memory);
  return steps.map((step) => {
    const dead = step.dead.map(({ node, layout }) => `${node} ${layout}`);
    const made = step.kind === 'compute' ? [step.fusion.head.id, ...step.fusion.joined].join('+') : null;
    const name =
      step.kind === 'repack' ? `${step.held.node} as ${step.held.layout}` : `${'node' in step ? step.node : ''}`;
    return `${made ?? name}${dead.length === 0 ? '' : `, done with ${dead.join(' and ')}`}`;
  });
}

describe('the plan of a graph', () => {
  it('lets go of maps after their last reader, and never of what is wanted', () => {
    const network = new NetworkBuilder([1, 3, 8, 8]);
    const a = network.conv('input', 8);
    const b = network.conv(a, 8);
    const c = network.concat(b, a);
    const d = network.conv(c, 4);
    expect(planned(network, [b, d])).toEqual([a, b, `${c}, done with ${a} blocked`, `${d}, done with ${c} blocked`]);
  });

  it('repacks once for all readers that want the other layout, right before the first', () => {
    const network = new NetworkBuilder([1, 3, 8, 8]);
    const a = network.conv('input', 8);
    const b = network.conv(a, 8);
    const c = network.add({ kind: 'permute', dims: [0, 1, 3, 2] }, a);
    const d = network.add({ kind: 'permute', dims: [0, 1, 3, 2] }, a);
    const e = network.concat(c, d);
    expect(planned(network, [b, e])).toEqual([
      a,
      b,
      `${a} as planar, done with ${a} blocked`,
      c,
      `${d}, done with ${a} planar`,
      `${c} as blocked, done with ${c} planar`,
      `${d} as blocked, done with ${d} planar`,
      `${e}, done with ${c} blocked and ${d} blocked`,
    ]);
  });

  it('computes nothing for an operator that changes nothing, and keeps its maps for those that read them by its name', () => {
    const network = new NetworkBuilder([1, 3, 8, 8]);
    const a = network.conv('input', 8);
    const same = network.add({ kind: 'dropout', p: 0.5 }, a);
    const b = network.conv(same, 8);
    expect(planned(network, [b])).toEqual([a, same, `${b}, done with ${a} blocked`]);
    expect(planned(network, [b, same])).toEqual([a, same, b]);
  });

  it('does not keep maps that leave no room, and keeps what they are computed from for whoever reads them', () => {
    const network = new NetworkBuilder([1, 3, 8, 8]);
    const a = network.conv('input', 4);
    const wide = network.conv(a, 64);
    const b = network.conv(wide, 4);
    const c = network.conv(b, 4);
    // 64 maps of 8 x 8 are 16 KiB, four are one.
    const memory = { ...plenty, budget: 24_000, room: 24_000 };
    expect(planned(network, [c])).toEqual([
      a,
      `${wide}, done with ${a} blocked`,
      `${b}, done with ${wide} blocked`,
      `${c}, done with ${b} blocked`,
    ]);
    expect(planned(network, [c], memory)).toEqual([a, `${b}, done with ${a} blocked`, `${c}, done with ${b} blocked`]);
    expect(planned(network, [wide], memory)).toEqual([]);
  });
});
