/**
 * A network with nothing in it but what every stack has: eight 3 x 3 layers with a rectifier each, whose units see 17 x 17 pixels with a
 * standard deviation of sqrt(8 (9 - 1) / 12) = 2.3 pixels. Every ingredient can be put in or taken out, and theory says what comes of it.
 */
import type { Shape } from '../../../operators/operator.ts';
import { NetworkBuilder } from '../../architectures/builder.ts';
import type { NodeId } from '../../graph.ts';
import { inferShapes } from '../../infer.ts';
import type { Network } from '../../price/refit.ts';

const layers = 8;
const channels = 16;

/** For pictures [1, C, H, W]. */
export function exampleStack(input: Shape): Network {
  const net = new NetworkBuilder(input);
  let at: NodeId = 'input';
  for (let i = 1; i <= layers; i++)
    at = net.activation(`relu${i}`, net.conv(`conv${i}`, at, channels, { kernel: 3, padding: 1, bias: false }));
  const shapes = inferShapes(net.graph, { input });
  if (!shapes.ok) throw new Error(shapes.error.message);
  return { graph: net.graph, shapes: shapes.value };
}
