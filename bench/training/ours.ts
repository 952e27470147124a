/** ConvScope's own training: a `TrainingRun` as the page has it. */
import type { Engine } from '../../src/engine/engine.ts';
import type { GraphParameters } from '../../src/graph/graph.ts';
import { type TrainingConfiguration, TrainingRun } from '../../src/training/run/trainingRun.ts';
import type { Trainer } from './trainer.ts';

/** `weights`: those that it begins with. */
export async function trainOurs(
  engine: Engine,
  configuration: TrainingConfiguration,
): Promise<{ readonly trainer: Trainer; readonly weights: GraphParameters }> {
  const run = await TrainingRun.start(engine, configuration);
  const weights = await run.weights();
  const trainer: Trainer = {
    get losses() {
      return run.results.map(({ loss }) => loss);
    },
    async run(times) {
      for (let i = 0; i < times; i++) await run.advance();
      await run.settled();
      if (run.progress.state !== 'running') throw new Error(`training is ${run.progress.state}`);
    },
    dispose: () => run.free(),
  };
  return { trainer, weights };
}
