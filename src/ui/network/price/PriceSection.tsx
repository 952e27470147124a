/** What the present network costs to see more, and what makes it cheaper: both panels over the network as it is built. */
import { useTranslation } from 'react-i18next';
import type { Engine } from '../../../engine/engine.ts';
import type { NodeId } from '../../../graph/graph.ts';
import { inputOf, type SizedNetwork } from '../../../graph/growth/sizes.ts';
import { neutralLevers } from '../../../graph/price/levers.ts';
import { drawParameters } from '../../../live/network/drawParameters.ts';
import { withGraph } from '../../../live/network/layersText.ts';
import { longestInput } from '../../../live/network/networkPicture.ts';
import type { NetworkPlan } from '../../../live/network/networkPlan.ts';
import { useWorkspace } from '../../session.tsx';
import { useLook, useLookedLayer, useNetwork, usePlan } from '../network.tsx';
import { Levers } from './Levers.tsx';
import { PriceOfContext } from './PriceOfContext.tsx';

export function PriceSection() {
  const priced = usePriced();
  if (priced === null) return null;
  if (priced === 'incomplete') return <Incomplete />;
  return (
    <div className="network-price">
      <ContextPrice {...priced} />
      <PlanLevers {...priced} />
    </div>
  );
}

/** The levers alone. */
export function LeversSection() {
  const priced = usePriced();
  if (priced === null) return null;
  if (priced === 'incomplete') return <Incomplete />;
  return (
    <div className="network-price">
      <PlanLevers {...priced} />
    </div>
  );
}

interface Priced {
  readonly plan: NetworkPlan;
  readonly layer: NodeId;
}

/** Both panels write a whole network: none that lacks the layers that are switched off, or wait for an error to be mended. */
function usePriced(): Priced | 'incomplete' | null {
  const plan = usePlan();
  const layer = useLookedLayer();
  if (!plan || layer === null) return null;
  return plan.base.graph.nodes.length === plan.whole.nodes.length ? { plan, layer } : 'incomplete';
}

function Incomplete() {
  const { t } = useTranslation('network');
  return <p className="network-price muted">{t('price.incomplete')}</p>;
}

function ContextPrice({ plan, layer }: Priced) {
  const engine = useNetwork((state) => state.engine);
  const setNetwork = useWorkspace((state) => state.setNetwork);
  const look = useLook();
  const { base, whole, input } = plan;
  return (
    <PriceOfContext
      network={base}
      layer={base.shapes[layer] ? layer : whole.nodes.at(-1)!.id}
      onReplace={(graph, last) => {
        setNetwork(null, (now) => withGraph(now, graph, input));
        look({ layer: last });
      }}
      {...(engine ? { measure: (network: SizedNetwork) => timeOf(engine, network, plan) } : {})}
    />
  );
}

function PlanLevers({ plan }: Pick<Priced, 'plan'>) {
  const setNetwork = useWorkspace((state) => state.setNetwork);
  const workingSize = useWorkspace((state) => state.workspace.input.workingSize);
  const { base, input, levers, sides } = plan;
  return (
    <Levers
      network={base}
      levers={levers}
      photo={sides}
      longest={longestInput(plan.photo, plan.state.input.crop, workingSize)}
      onChange={(levers) => setNetwork('levers', (now) => ({ ...now, levers }))}
      onKeep={({ graph }) =>
        setNetwork(null, (now) => ({
          ...withGraph(now, graph, input),
          input: { ...now.input, size: levers.size ?? now.input.size },
          levers: neutralLevers,
        }))
      }
    />
  );
}

/** Milliseconds of one run of a small network over zeros, with weights drawn as the present network's are. */
async function timeOf(
  engine: Engine,
  { graph, input }: SizedNetwork,
  { state, filters }: NetworkPlan,
): Promise<number> {
  const id = inputOf(graph);
  const maps = await engine.upload(new Float32Array(input.reduce((a, b) => a * b)), input);
  try {
    const { ms } = await engine.time({
      graph,
      inputs: { [id]: maps },
      parameters: drawParameters(graph, state.weights, filters),
      outputs: [graph.nodes.at(-1)!.id],
    });
    return ms;
  } finally {
    maps.free();
  }
}
