/**
 * A running engine lent to somebody who does not own it: the same programs, weights and device, but `destroy` gives back only what
 * the borrower made, and the engine runs on.
 */
import { type Engine, EngineError, type Surface, type Tensor } from '../../engine/engine.ts';

/** After `destroy`, the lease refuses to upload and to run with `internal`; the engine itself is as before. */
export function leasedEngine(engine: Engine): Engine {
  let isOver = false;
  let tensors = new Set<Tensor>();
  const surfaces = new Set<Surface>();

  const own = (made: readonly Tensor[]): void => {
    // What its borrower has freed meanwhile is forgotten here too.
    tensors = new Set([...tensors, ...made].filter(({ isFreed }) => !isFreed));
    if (isOver) release();
  };
  const release = (): void => {
    for (const tensor of tensors) tensor.free();
    tensors.clear();
    for (const surface of surfaces) surface.destroy();
    surfaces.clear();
  };
  const check = (): void => {
    if (isOver) throw new EngineError('internal', 'The engine has been given back.');
  };

  return {
    description: engine.description,
    get counters() {
      return engine.counters;
    },
    lost: engine.lost,
    async upload(values, shape) {
      check();
      const tensor = await engine.upload(values, shape);
      own([tensor]);
      return tensor;
    },
    async run(request) {
      check();
      const result = await engine.run(request);
      own(Object.values(result.tensors));
      return result;
    },
    statistics: (tensor) => engine.statistics(tensor),
    moments: (tensor) => engine.moments(tensor),
    channelStatistics: (tensor) => engine.channelStatistics(tensor),
    channelProducts: (a, b, sampling) => engine.channelProducts(a, b, sampling),
    histogram: (tensor, channel, bins, lo, hi) => engine.histogram(tensor, channel, bins, lo, hi),
    read: (tensor, region) => engine.read(tensor, region),
    time: (request) => engine.time(request),
    peak: () => engine.peak(),
    instruments: () => engine.instruments(),
    tuner: () => engine.tuner(),
    surface(canvas) {
      const surface = engine.surface(canvas);
      const leased: Surface = {
        paint: (scene) => surface.paint(scene),
        destroy() {
          surfaces.delete(surface);
          surface.destroy();
        },
      };
      surfaces.add(surface);
      return leased;
    },
    destroy() {
      isOver = true;
      release();
    },
  };
}
