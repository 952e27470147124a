/**
 * What ran, as a file for a bug report: device, limits, layer and every measured number, and of the machine no more than the browser says
 * of itself. No pixel and no weight is in it.
 */
import type { AlgorithmResult, EngineDescription } from '../../engine/engine.ts';
import { type Profile, ratesOf } from '../../engine/profile.ts';
import type { NodeId } from '../../graph/graph.ts';
import type { Output } from '../results.ts';

export interface ReportParts {
  readonly version: string;
  readonly userAgent: string;
  readonly date: Date;
  readonly engine: EngineDescription;
  readonly output: Output;
  readonly profile: Profile;
  /** By node. */
  readonly algorithms: Readonly<Record<NodeId, readonly AlgorithmResult[]>>;
}

export function reportOf({ version, userAgent, date, engine, output, profile, algorithms }: ReportParts): string {
  const { picture, graph, precision } = output;
  const { peak, limits, memory, whole, operators } = profile;
  const { kind, device, isFallback, features } = engine;
  const report = {
    product: 'ConvScope',
    version,
    date: date.toISOString(),
    userAgent,
    engine: { kind, device, isFallback, features, limits, memory },
    peak,
    input: [1, picture.channels, picture.height, picture.width],
    graph: graph.nodes,
    precision,
    run: whole,
    operators: operators.map(({ operator: _, ...measured }) => ({ ...measured, rates: ratesOf(measured, peak) })),
    algorithms,
  };
  return `${JSON.stringify(report, null, 2)}\n`;
}
