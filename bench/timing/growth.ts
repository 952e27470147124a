/**
 * How our time grows with the work: a layer is measured at several sizes of one of its numbers, and the exponent of time against
 * multiply-adds is fitted. Near 1, twice the work takes twice the time: nothing that is not arithmetic grows faster than it.
 */
import type { Prepare } from '../contenders/contender.ts';
import { macsOf, readWorkloads, sampleOf, type Workload } from '../sample/workload.ts';
import { type Rounds, type Timed, timeTogether } from './rounds.ts';

/** Exponents that hold. */
export const wanted = { least: 0.9, most: 1.1 };

export interface Growth {
  /** What grows. */
  readonly name: string;
  readonly points: readonly { readonly size: number; readonly macs: number; readonly ms: number }[];
  /** Of time against multiply-adds. */
  readonly exponent: number;
  readonly holds: boolean;
}

/**
 * Sizes of each number, small first, and the side of the maps while another number grows. A software adapter does about 1 GFLOP/s; a GPU
 * needs much work to be busy. The smallest still takes longer than a run's fixed costs, which do not grow.
 */
const sizes = {
  software: {
    pixels: [48, 64, 96, 128, 160],
    channels: [48, 64, 96, 128, 160],
    kernel: [3, 5, 7, 9, 11],
    side: { channels: 40, kernel: 80 },
  },
  gpu: {
    pixels: [512, 768, 1024, 1536],
    channels: [64, 96, 128, 192, 256],
    kernel: [3, 5, 7, 9, 11],
    side: { channels: 256, kernel: 512 },
  },
} as const;

/** One layer at all sizes, for pixels (the side), channels (in and out) and kernel (the side, so taps are its square). */
export function growthSeries(
  isSoftware: boolean,
): readonly { readonly name: string; readonly sizes: readonly number[]; readonly workloads: readonly Workload[] }[] {
  const { side, ...numbers } = sizes[isSoftware ? 'software' : 'gpu'];
  const layer = (at: number) => ({
    in_channels: 16,
    out_channels: 16,
    height: at,
    width: at,
    kernel_size: 3,
    padding: 1,
  });
  const entries = {
    pixels: (size: number) => layer(size),
    channels: (size: number) => ({ ...layer(side.channels), in_channels: size, out_channels: size }),
    kernel: (size: number) => ({ ...layer(side.kernel), kernel_size: size, padding: (size - 1) / 2 }),
  };
  return (['pixels', 'channels', 'kernel'] as const).map((name) => ({
    name,
    sizes: numbers[name],
    workloads: readWorkloads(numbers[name].map((size) => ({ name: `${name} ${size}`, ...entries[name](size) }))),
  }));
}

/** The slope of y against x, both on logarithmic scales, by least squares. */
export function exponentOf(points: readonly (readonly [x: number, y: number])[]): number {
  const logs = points.map(([x, y]) => [Math.log(x), Math.log(y)] as const);
  const mean = (axis: 0 | 1) => logs.reduce((sum, point) => sum + point[axis], 0) / logs.length;
  const [mx, my] = [mean(0), mean(1)];
  const covariance = logs.reduce((sum, [x, y]) => sum + (x - mx) * (y - my), 0);
  return covariance / logs.reduce((sum, [x]) => sum + (x - mx) ** 2, 0);
}

export async function measureGrowth(
  prepare: Prepare,
  isSoftware: boolean,
  rounds: Rounds,
  timed?: Timed,
): Promise<Growth[]> {
  const grown: Growth[] = [];
  for (const series of growthSeries(isSoftware)) {
    const contenders = new Map(
      await Promise.all(
        series.workloads.map(async (workload) => [workload.name, await prepare(sampleOf(workload))] as const),
      ),
    );
    const times = await timeTogether(contenders, rounds, timed);
    for (const contender of contenders.values()) await contender.dispose();
    const points = series.workloads.map((workload, i) => ({
      size: series.sizes[i]!,
      macs: macsOf(workload),
      ms: times.get(workload.name)!,
    }));
    const exponent = exponentOf(points.map(({ macs, ms }) => [macs, ms]));
    grown.push({
      name: series.name,
      points,
      exponent,
      holds: exponent >= wanted.least && exponent <= wanted.most,
    });
  }
  return grown;
}
