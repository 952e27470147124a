/** What the benchmark says of one workload: a row of `--json`, and a line of the table. */

export const peerNames = ['tfjs', 'ort', 'ort_wasm', 'jax'] as const;
export type PeerName = (typeof peerNames)[number];
export type ContenderName = 'ours' | 'ours_cpu' | PeerName;

/** Those that compute on the same device as ours. */
const onWebGPU: readonly PeerName[] = ['tfjs', 'ort', 'jax'];

export interface Row {
  readonly name: string;
  readonly ours_ms: number;
  /** Milliseconds; null where the peer was not asked for, cannot run the workload or gives another answer. */
  readonly peers: Readonly<Record<PeerName, number | null>>;
  /** Fastest WebGPU peer / ours; null when none ran. */
  readonly ratio: number | null;
  readonly gflops: number;
  /** The programs that ran, in the order in which each first did; "3x" where one ran three times. */
  readonly kernel: string;
  /** The CPU engine, where it was asked for. */
  readonly cpu_ms?: number;
}

export function rowOf(
  name: string,
  ms: ReadonlyMap<ContenderName, number>,
  macs: number,
  programs: readonly string[],
): Row {
  const ours = ms.get('ours');
  if (ours === undefined) throw new Error(`${name} was not timed.`);
  const timeOf = (peer: PeerName) => ms.get(peer) ?? null;
  const rivals = onWebGPU.map(timeOf).filter((value) => value !== null);
  const cpu = ms.get('ours_cpu');
  return {
    name,
    ours_ms: ours,
    peers: { tfjs: timeOf('tfjs'), ort: timeOf('ort'), ort_wasm: timeOf('ort_wasm'), jax: timeOf('jax') },
    ratio: rivals.length > 0 ? Math.min(...rivals) / ours : null,
    gflops: (2 * macs) / ours / 1e6,
    kernel: listOf(programs),
    ...(cpu === undefined ? {} : { cpu_ms: cpu }),
  };
}

function listOf(programs: readonly string[]): string {
  const times = new Map<string, number>();
  for (const program of programs) times.set(program, (times.get(program) ?? 0) + 1);
  return [...times].map(([program, count]) => (count === 1 ? program : `${count}x ${program}`)).join(' + ');
}

const nameWidth = 30;

export const headline = [
  'workload'.padEnd(nameWidth),
  ...['ours', ...peerNames, 'our CPU', 'GFLOP/s', 'ratio'].map((title) => title.padStart(9)),
  ' kernel',
].join(' ');

export function lineOf({ name, ours_ms, peers, ratio, gflops, kernel, cpu_ms }: Row): string {
  const column = (value: number | null | undefined) => (value == null ? '-' : significant(value)).padStart(9);
  const times = peerNames.map((peer) => column(peers[peer]));
  return [
    name.padEnd(nameWidth),
    column(ours_ms),
    ...times,
    column(cpu_ms),
    column(gflops),
    column(ratio),
    ` ${kernel}`,
  ].join(' ');
}

/** Three digits, and never an exponent. */
function significant(value: number): string {
  return value >= 1000 ? value.toFixed(0) : value.toPrecision(3);
}

export function geometricMean(values: readonly number[]): number {
  return Math.exp(values.reduce((sum, value) => sum + Math.log(value), 0) / values.length);
}

/** A photo has no more channels: image layers and stems, at which the peers are slowest, count apart. */
const photoChannels = 4;

type Summarised = Pick<Row, 'ratio' | 'cpu_ms'> & { readonly peers?: Pick<Row['peers'], 'ort_wasm'> };

/** What the ratios of a run come to, in lines; `channels` are the input channels of each row. */
export function summaryOf(rows: readonly Summarised[], channels: readonly number[]): readonly string[] {
  const ratios = (keep: (index: number) => boolean) =>
    rows.flatMap(({ ratio }, index) => (ratio !== null && keep(index) ? [ratio] : []));
  const all = ratios(() => true);
  const deep = ratios((index) => (channels[index] ?? 0) > photoChannels);
  const cpu = rows.flatMap(({ cpu_ms, peers }) => (cpu_ms && peers?.ort_wasm ? [cpu_ms / peers.ort_wasm] : []));
  const line = (what: string, list: readonly number[]) =>
    `${what}: geometric mean ${geometricMean(list).toFixed(2)}, least ${Math.min(...list).toFixed(2)} of ${list.length}`;
  return [
    ...(all.length > 0 ? [line('fastest WebGPU peer / ours', all)] : []),
    ...(deep.length > 0 && deep.length < all.length
      ? [line(`  without image and stem (at most ${photoChannels} channels in)`, deep)]
      : []),
    ...(cpu.length > 0
      ? [
          `our CPU engine / ONNX Runtime's WebAssembly: geometric mean ${geometricMean(cpu).toFixed(2)}, most ${Math.max(...cpu).toFixed(2)} of ${cpu.length}`,
        ]
      : []),
  ];
}
