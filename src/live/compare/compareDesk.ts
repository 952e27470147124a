/**
 * Keeps a comparison in step with the workspace while its screen is open: the bank over the photo once, then every column that has
 * changed, on the engine that all screens share. One run is in flight; newer states replace older waiting ones. Statistics follow, and
 * times once the device has rested.
 */
import { createStore, type StoreApi } from 'zustand/vanilla';
import type { Engine, MapStatistics, Tensor, Timing } from '../../engine/engine.ts';
import { loadBank } from '../../formats/learnedBank.ts';
import { type LearnedBank, learnedBanks } from '../../graph/weights/filterState.ts';
import type { LearnedData, WeightSources } from '../../graph/weights/materialise.ts';
import { loadRules } from '../../operators/loadRules.ts';
import type { CompareState } from '../../store/compare.ts';
import type { Picture } from '../results.ts';
import type { Session } from '../session.ts';
import { type ColumnNetwork, columnNetwork, compareNodes, type StemNetwork, stemNetwork } from './comparison.ts';

export interface ComputedStem extends StemNetwork {
  /** What it was computed from, beside the picture. */
  readonly key: string;
  readonly picture: Picture;
  readonly maps: Tensor;
  readonly statistics: readonly MapStatistics[];
}

export interface ComputedColumn extends ColumnNetwork {
  /** What it was computed from, beside the bank. */
  readonly key: string;
  readonly stem: ComputedStem;
  readonly maps: Tensor;
  readonly statistics: readonly MapStatistics[];
  /** Null until the device has rested. */
  readonly timing: Timing | null;
}

export interface ComparisonState {
  readonly engine: Engine | null;
  readonly stem: ComputedStem | null;
  /** One for each column of the workspace that has been computed, in their order. */
  readonly columns: readonly ComputedColumn[];
  readonly busy: boolean;
  /** The device's own sentence about what failed, until something succeeds. */
  readonly problem: string | null;
}

export interface CompareDesk {
  readonly results: StoreApi<ComparisonState>;
  dispose(): void;
}

/** How long the device must have been idle before times are measured, in milliseconds. */
const idleBeforeTiming = 500;

const nothing: ComparisonState = { engine: null, stem: null, columns: [], busy: false, problem: null };

export function startCompareDesk({ workspace, results: shared }: Pick<Session, 'workspace' | 'results'>): CompareDesk {
  const results = createStore<ComparisonState>(() => nothing);
  const banks = new Map<LearnedBank, LearnedData>();
  let isRunning = false;
  let isDirty = false;
  let isDisposed = false;
  let timer: ReturnType<typeof setTimeout> | null = null;

  const sources: WeightSources = { learned: (bank) => banks.get(bank) ?? null, custom: () => null };
  /** The state that a run was for is not the newest any more. */
  const isOld = (engine: Engine) => isDirty || isDisposed || shared.getState().running !== engine;

  async function fetchBank(bank: CompareState['stem']['bank']): Promise<void> {
    const learned = learnedBanks.find((name) => name === bank);
    if (!learned || banks.has(learned)) return;
    const loaded = await loadBank(learned);
    if (!loaded.ok) throw new Error(`${bank}: ${loaded.error.code}`);
    banks.set(learned, { values: loaded.value.weight, shape: loaded.value.shape });
  }

  async function computeStem(engine: Engine, compare: CompareState, picture: Picture): Promise<ComputedStem> {
    await fetchBank(compare.stem.bank);
    const shape = [1, picture.channels, picture.height, picture.width] as const;
    const network = stemNetwork(compare, shape, sources);
    const photo = await engine.upload(picture.values, shape);
    try {
      const { graph, parameters } = network;
      const run = await engine.run({
        graph,
        parameters,
        inputs: { [compareNodes.photo]: photo },
        outputs: [compareNodes.bank],
      });
      const maps = run.tensors[compareNodes.bank]!;
      return {
        ...network,
        key: stemKey(compare),
        picture,
        maps,
        statistics: await statisticsOf(engine, maps, run.completed),
      };
    } finally {
      photo.free();
    }
  }

  async function computeColumn(
    engine: Engine,
    column: CompareState['columns'][number],
    compare: CompareState,
    stem: ComputedStem,
  ): Promise<ComputedColumn> {
    await loadRules([{ operator: { kind: 'channel_shuffle', groups: 1 } }]);
    const network = columnNetwork(column, compare, stem);
    const { graph, parameters, output } = network;
    const run = await engine.run({ graph, parameters, inputs: { [compareNodes.bank]: stem.maps }, outputs: [output] });
    const maps = run.tensors[output]!;
    const statistics = await statisticsOf(engine, maps, run.completed);
    return { ...network, key: columnKey(column, compare), stem, maps, statistics, timing: null };
  }

  async function update(engine: Engine, picture: Picture): Promise<void> {
    const { compare } = workspace.getState().workspace;
    const former = results.getState();
    const isSameEngine = former.engine === engine;
    const keepsStem = isSameEngine && former.stem?.picture === picture && former.stem.key === stemKey(compare);
    const stem = keepsStem ? former.stem! : await computeStem(engine, compare, picture);
    const kept = new Set<ComputedColumn>();
    const columns: ComputedColumn[] = [];
    const discard = () => {
      for (const column of columns) if (!kept.has(column)) column.maps.free();
      if (!keepsStem) stem.maps.free();
    };
    for (const column of compare.columns) {
      const key = columnKey(column, compare);
      const same = former.columns.find((each) => !kept.has(each) && each.stem === stem && each.key === key);
      if (same) kept.add(same);
      try {
        columns.push(same ?? (await computeColumn(engine, column, compare, stem)));
      } catch (error) {
        discard();
        throw error;
      }
      if (isOld(engine)) break;
    }
    if (shared.getState().running !== engine) return;
    if (isDisposed) return discard();
    // Where a newer state has come in between, what stood in the other places stays until it is computed.
    if (isSameEngine) {
      const others = former.columns.filter((each) => !columns.includes(each));
      columns.push(...others.slice(0, compare.columns.length - columns.length));
    }
    results.setState({ engine, stem, columns, problem: null });
    if (!isSameEngine) return;
    for (const column of former.columns) if (!columns.includes(column)) column.maps.free();
    if (former.stem && former.stem !== stem) former.stem.maps.free();
  }

  async function loop(): Promise<void> {
    isRunning = true;
    results.setState({ busy: true });
    while (isDirty && !isDisposed) {
      isDirty = false;
      const { running, picture } = shared.getState();
      if (!running || !picture) break;
      try {
        await update(running, picture);
      } catch (error) {
        // A lost device is told by the engine's keeper; its successor starts anew.
        if (shared.getState().running === running)
          results.setState({ problem: error instanceof Error ? error.message : String(error) });
      }
    }
    isRunning = false;
    results.setState({ busy: false });
    timeWhenIdle();
  }

  function request(): void {
    isDirty = true;
    if (timer !== null) clearTimeout(timer);
    if (!isRunning && !isDisposed) void loop();
  }

  function timeWhenIdle(): void {
    if (timer !== null) clearTimeout(timer);
    timer = setTimeout(() => void timeAll(), idleBeforeTiming);
  }

  async function timeAll(): Promise<void> {
    const { engine, stem, columns } = results.getState();
    if (!engine || !stem) return;
    for (const column of columns) {
      if (column.timing || column.stem !== stem) continue;
      const { graph, parameters, output } = column;
      const inputs = { [compareNodes.bank]: stem.maps };
      const timing = await engine.time({ graph, parameters, inputs, outputs: [output] }).catch(() => null);
      if (isOld(engine) || isRunning || !timing) return;
      const timed = { ...column, timing };
      results.setState((state) => ({ columns: state.columns.map((each) => (each === column ? timed : each)) }));
    }
  }

  const stops = [
    workspace.subscribe((state, former) => {
      if (state.workspace.compare !== former.workspace.compare) request();
    }),
    shared.subscribe((state, former) => {
      if (state.running !== former.running || state.picture !== former.picture) request();
    }),
  ];
  request();

  return {
    results,
    dispose() {
      isDisposed = true;
      for (const stop of stops) stop();
      if (timer !== null) clearTimeout(timer);
      const { engine, stem, columns } = results.getState();
      if (engine !== shared.getState().running) return;
      for (const column of columns) column.maps.free();
      stem?.maps.free();
    },
  };
}

/** Whether what stands at `place` is what the workspace asks for there: of this column, bank and picture. */
export function isCurrent(
  { key, stem }: Pick<ComputedColumn, 'key'> & { readonly stem: Pick<ComputedStem, 'key' | 'picture'> },
  place: number,
  compare: CompareState,
  picture: Picture | null,
): boolean {
  const column = compare.columns[place];
  return (
    column !== undefined &&
    key === columnKey(column, compare) &&
    stem.key === stemKey(compare) &&
    stem.picture === picture
  );
}

/** The seed matters to a random bank alone. */
function stemKey({ stem, seed }: CompareState): string {
  return JSON.stringify(stem.bank === 'random' ? [stem, seed] : [stem]);
}

function columnKey(column: CompareState['columns'][number], { outChannels, seed }: CompareState): string {
  return JSON.stringify([column, outChannels, seed]);
}

async function statisticsOf(engine: Engine, maps: Tensor, completed: Promise<void>) {
  await completed;
  return engine.statistics(maps);
}
