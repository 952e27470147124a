/**
 * An undo takes away layers that were added, and one of them is looked at: then the one that was looked at before it is looked at again, at
 * the same place. Another network is none of this: there the choice waits for an undo of its own.
 */
import { useEffect, useRef } from 'react';
import type { Graph, NodeId } from '../../../graph/graph.ts';
import type { NetworkPlan } from '../../../live/network/networkPlan.ts';
import { useSession, useWorkspace } from '../../session.tsx';
import { useLook } from '../network.tsx';

/** So many layers back. */
const longest = 50;

export function useFormerLayer(plan: NetworkPlan): void {
  const look = useLook();
  const { workspace } = useSession();
  const layer = useWorkspace((state) => state.workspace.view.network.layer);
  const looked = useRef<readonly NodeId[]>([]);
  const former = useRef<Graph>(plan.whole);
  useEffect(() => {
    const isNewest = workspace.getState().workspace.network === plan.state;
    if (layer === null || !isNewest) return;
    const before = former.current;
    former.current = plan.whole;
    const [present, earlier] = [namesOf(plan.whole), namesOf(before)];
    if (present.has(layer)) {
      looked.current = [...looked.current.filter((id) => id !== layer), layer].slice(-longest);
      return;
    }
    const isLess = earlier.has(layer) && [...present].every((id) => earlier.has(id));
    const last = isLess ? looked.current.findLast((id) => present.has(id)) : undefined;
    if (last !== undefined) look({ layer: last });
  }, [plan, layer, workspace, look]);
}

const namesOf = ({ nodes }: Graph): ReadonlySet<NodeId> => new Set(nodes.map(({ id }) => id));
