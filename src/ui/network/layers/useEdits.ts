/**
 * Edits of the network from the screen: each a step of undo, changes of one gesture joined; what moved with it is said, and why one cannot
 * be made.
 */
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import type { Graph, NodeId } from '../../../graph/graph.ts';
import { type AttributeValue, setAttribute } from '../../../graph/network/attributes/setAttribute.ts';
import { changeOperator, type Edited, without } from '../../../graph/network/edit.ts';
import { editLayers } from '../../../live/network/layersText.ts';
import type { NetworkPlan } from '../../../live/network/networkPlan.ts';
import type { Moved } from '../../../operators/conv2d/limits.ts';
import type { OperatorError, Result, Shape } from '../../../operators/operator.ts';
import type { OwnWeights } from '../../../store/network.ts';
import { useSession } from '../../session.tsx';
import { say } from '../../shell/messages.ts';
import { useReason } from '../useReason.ts';

export interface LayerEdits {
  /** As a step of its own; null where it was refused, which is said. The node to go on from. */
  change(make: (graph: Graph) => Result<Edited>): NodeId | null;
  remove(ids: ReadonlySet<NodeId>): void;
  /** Of a node, joined with others of the same attribute to one step while they follow each other. */
  setAttribute(id: NodeId, key: string, choose: (operator: Graph['nodes'][number]['operator']) => AttributeValue): void;
  /** Switches all of them off, or on. */
  switchOff(ids: readonly NodeId[], isOff: boolean): void;
  /** Null: as the network's. */
  setWeights(id: NodeId, own: OwnWeights | null): void;
  refuse(error: OperatorError): void;
}

/** Attributes that follow what a layer reads: that they do is seen in the table, and would be said of every layer behind an edit. */
const following: ReadonlySet<string> = new Set([
  'channels',
  'in_channels',
  'in_features',
  'num_features',
  'num_channels',
  'num_parameters',
  'input_size',
  'shape',
]);
const mostSaid = 3;
/** Refusals that no library has a sentence for. */
const ownRefusals: ReadonlySet<string> = new Set([
  'not-movable',
  'join-full',
  'unknown-node',
  'cycle',
  'template',
  'not-doubled',
]);

function worthSaying(moved: readonly Moved[]): readonly Moved[] {
  const told = new Map<string, Moved>();
  for (const { attribute, from, to } of moved) {
    if (!following.has(attribute)) told.set(`${attribute} ${from} ${to}`, { attribute, from, to });
  }
  return [...told.values()].slice(0, mostSaid);
}

/** What a layer reads as the network is built, without levers; through layers that are switched off, as those do that run. */
export function shapesRead(plan: NetworkPlan, id: NodeId): readonly Shape[] {
  const inputs = plan.whole.nodes.find((node) => node.id === id)?.inputs ?? [];
  return inputs.map((input) => shapeAt(plan, input));
}

/** The shape that a node gives, or where it has none the last one before it. */
export function shapeAt({ whole, base, input }: NetworkPlan, id: NodeId): Shape {
  for (let node = whole.nodes.find((each) => each.id === id); node; ) {
    const shape = base.shapes[node.id];
    if (shape) return shape;
    const [source] = node.inputs;
    node = whole.nodes.find((each) => each.id === source);
  }
  return input;
}

/** Of the plan on the screen: where the newest state has none, nothing can be edited. */
export function useEdits(plan: NetworkPlan): LayerEdits {
  const { t } = useTranslation('network');
  const { workspace } = useSession();
  const reasonOf = useReason();
  return useMemo(() => {
    const isNewest = () => {
      const isSame = workspace.getState().workspace.network === plan.state;
      if (!isSame) say(t('layers.notNow'));
      return isSame;
    };
    // What a library says too (two shapes that do not go together) stands beside in its own words.
    const refuse = (error: OperatorError) =>
      say(ownRefusals.has(error.code) ? reasonOf(error) : `${reasonOf(error)} “${error.message}”`);
    return {
      refuse,
      change(make) {
        if (!isNewest()) return null;
        const made = make(plan.whole);
        if (!made.ok) {
          refuse(made.error);
          return null;
        }
        const { state, moved } = editLayers(plan.state, plan.input, () => made.value.graph);
        workspace.getState().setNetwork(null, () => state, worthSaying(moved));
        return made.value.focus;
      },
      remove(ids) {
        if (!isNewest()) return;
        const { state, moved } = editLayers(plan.state, plan.input, (graph) => without(graph, ids));
        workspace.getState().setNetwork(null, () => state, worthSaying(moved));
      },
      setAttribute(id, key, choose) {
        // Within a drag every change starts from the state before it, so what has moved is known once the store has asked for it.
        const moved: Moved[] = [];
        const shapes = shapesRead(plan, id);
        workspace.getState().setNetwork(
          `${id}/${key}`,
          (now) => {
            let own: readonly Moved[] = [];
            const edited = editLayers(now, plan.input, (graph) => {
              const operator = graph.nodes.find((node) => node.id === id)?.operator;
              if (!operator) return graph;
              const changed = setAttribute(operator, key, choose(operator), shapes);
              own = changed.moved;
              return changeOperator(graph, id, changed.operator);
            });
            moved.splice(0, moved.length, ...worthSaying([...own, ...edited.moved]));
            return edited.state;
          },
          moved,
        );
      },
      switchOff(ids, isOff) {
        const changed = new Set(ids);
        workspace.getState().setNetwork(null, (now) => {
          const others = now.off.filter((id) => !changed.has(id));
          return { ...now, off: isOff ? [...others, ...ids] : others };
        });
      },
      setWeights(id, own) {
        // A seed that is dragged is one step; a choice from the menu is one of its own.
        workspace.getState().setNetwork(own && 'seed' in own ? `weights/${id}` : null, (now) => {
          const { [id]: _, ...others } = now.weights.own;
          return { ...now, weights: { ...now.weights, own: own ? { ...others, [id]: own } : others } };
        });
      },
    };
  }, [plan, workspace, reasonOf, t]);
}
