/**
 * What Explore asks of the engine while it looks at a layer of the network: the layer alone, over the maps that the network computes in front of
 * it. The plan is the Network screen's own, so that both screens show the same numbers. The same state on the same photo gives the same
 * objects; a change of the layer itself leaves what stands in front of it.
 */
import type { StoreApi } from 'zustand/vanilla';
import type { Engine } from '../../engine/engine.ts';
import type { GraphNode, NodeId } from '../../graph/graph.ts';
// The rules of every operator that a network may have: whoever has this file has them.
import '../../operators/late.ts';
import type { WorkspaceStore } from '../../store/workspaceStore.ts';
import type { MapCache } from '../network/compute.ts';
import { createPlanner, type NetworkPlan } from '../network/networkPlan.ts';
import { firstSize, paceOf } from '../network/pace.ts';
import { networkProblem } from '../network/refusal.ts';
import type { ResultsStore } from '../results.ts';
import type { Prefix, Wanted } from '../runner.ts';
import { type ExploredLayer, refusalOf } from './exploredLayer.ts';
import { createLoner, readAlone } from './layerAlone.ts';
import { computePrefix } from './prefix.ts';

interface LayerDeskOptions {
  readonly workspace: Pick<WorkspaceStore, 'getState' | 'subscribe'>;
  readonly results: ResultsStore;
  readonly layer: StoreApi<ExploredLayer | null>;
}

export interface LayerDesk {
  /** Null where there is no photo yet, or the layer has no maps: `layer` says why. */
  wanted(engine: Engine): Wanted | null;
  dispose(): void;
}

export function createLayerDesk({ workspace, results, layer }: LayerDeskOptions): LayerDesk {
  const planner = createPlanner();
  const alone = createLoner();
  const norms = new WeakMap<Engine, MapCache['norms']>();
  /** The maps in front of the layer that were wanted last, and the computation of them. */
  let prefix: { readonly signature: string; readonly value: Prefix; readonly aborter: AbortController } | null = null;
  let last: {
    readonly plan: NetworkPlan;
    readonly node: NodeId;
    readonly keepLinear: boolean;
    readonly wanted: Wanted;
  } | null = null;

  /** The layer as the newest state has it; null until there is a photo. A network that cannot be had is a problem. */
  function look(engine: Engine): { readonly plan: NetworkPlan; readonly node: NodeId } | null {
    const { networkLayer: node, network, view } = workspace.getState().workspace;
    const { picture } = results.getState();
    if (node === null || view.screen !== 'explore' || !picture) {
      layer.setState(null, true);
      return null;
    }
    try {
      const plan = planner.plan(network, picture, network.input.size ?? firstSize[paceOf(engine)]);
      const former = layer.getState();
      if (former?.plan !== plan || former.node !== node)
        layer.setState({ plan, node, refusal: refusalOf(plan, node), progress: null }, true);
      return { plan, node };
    } catch (error) {
      results.setState({ problem: networkProblem(error) });
      return null;
    }
  }

  const showProgress = (progress: number | null) => layer.setState((now) => now && { ...now, progress }, true);

  function prefixOf(plan: NetworkPlan, node: GraphNode): Prefix {
    // A batch norm's own statistics come with the maps in front of it.
    const own = node.operator.kind === 'batch_norm2d' ? node.id : '';
    const reads = readAlone(plan, node);
    const signature = `${own} ${reads.map((id) => `${id} ${plan.signatures[id]}`).join()}`;
    if (prefix?.signature === signature) return prefix.value;
    prefix?.aborter.abort();
    const aborter = new AbortController();
    const { signal } = aborter;
    const value: Prefix = {
      key: aborter,
      shapes: Object.fromEntries(reads.map((id) => [id, plan.shapes[id]!])),
      async compute(present) {
        const known = norms.get(present) ?? new Map();
        norms.set(present, known);
        showProgress(0);
        try {
          return await computePrefix(present, { plan, node, reads, norms: known, signal, onProgress: showProgress });
        } catch (error) {
          if (signal.aborted) return null;
          throw error;
        } finally {
          if (!signal.aborted) showProgress(null);
        }
      },
    };
    prefix = { signature, value, aborter };
    return value;
  }

  const stop = workspace.subscribe(({ workspace: next }, { workspace: former }) => {
    const isSame = next.network === former.network && next.networkLayer === former.networkLayer;
    if (isSame && next.view.screen === former.view.screen) return;
    const { running } = results.getState();
    const looked = running && look(running);
    const node = looked && runningNode(looked.plan, looked.node);
    // What is being computed for a former state stops between two pieces.
    if (running && looked && node) prefixOf(looked.plan, node);
    else prefix?.aborter.abort();
  });

  return {
    wanted(engine) {
      const looked = look(engine);
      if (!looked || refusalOf(looked.plan, looked.node)) return null;
      const { plan, node: id } = looked;
      const keepLinear = workspace.getState().workspace.view.opened !== null;
      if (last?.plan === plan && last.node === id && last.keepLinear === keepLinear) return last.wanted;
      const node = runningNode(plan, id)!;
      const wanted: Wanted = { ...alone(plan, node), keepLinear, prefix: prefixOf(plan, node) };
      last = { plan, node: id, keepLinear, wanted };
      return wanted;
    },
    dispose() {
      stop();
      prefix?.aborter.abort();
    },
  };
}

const runningNode = ({ graph }: NetworkPlan, id: NodeId) => graph.nodes.find((node) => node.id === id);
