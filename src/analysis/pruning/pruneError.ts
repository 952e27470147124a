/** Why channels cannot be taken out of a network: a code and the node where it shows; the page says it in words. */
import type { NodeId } from '../../graph/graph.ts';
import type { WhyNot } from './channelClasses.ts';

export type PruneError =
  | WhyNot
  /** The channels that stay do not fall into the node's groups evenly. */
  | { readonly code: 'uneven-groups'; readonly node: NodeId; readonly groups: number }
  /** The node joins channels that came to it in different orders. */
  | { readonly code: 'order-differs'; readonly node: NodeId }
  /** No channel of the node stays. */
  | { readonly code: 'nothing-left'; readonly node: NodeId }
  /** A copy cannot be merged: `bends`: an operator between is not linear; `negative-slope`: a maximum turns into a minimum;
   * `own-parameters`: the node treats both channels differently; `joined`: something else is combined with the copy;
   * `read-before`: the channel is also read where it is no copy yet; `copy-of-removed`: what it is a copy of goes too. */
  | {
      readonly code: 'bends' | 'negative-slope' | 'own-parameters' | 'joined' | 'read-before' | 'copy-of-removed';
      readonly node: NodeId;
    };
