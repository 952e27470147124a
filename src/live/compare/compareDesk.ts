/**
 * Keeps a comparison in step with the workspace while its screen is open: the bank over the photo once, then every column that has
 * changed, on the engine that all screens share. One run is in flight; newer states replace older waiting ones. Statistics follow, and
 * times once the device has rested.
 */
import { createStore, type StoreApi } from 'zustand/vanilla';
import type { Engine, MapStatistics, Tensor, Timing } from '../../engine/engine.ts';
import { loadBank } from '../../formats/learnedBank.ts';
import type { LearnedBank } from '../../graph/weights/filterState.ts';
import { learnedBankOf } from '../../graph/weights/layerFilters.ts';
import type { LearnedData, WeightSources } from '../../graph/weights/materialise.ts';
import type { CompareState } from '../../store/compare.ts';
import type { Picture } from '../results.ts';
import type { Session } from '../session.ts';
import { compareNodes } from './comparison.ts';
import { type ComparisonPlan, type PlannedColumn, type PlannedStem, planComparison } from './plan.ts';

export interface ComputedStem extends PlannedStem {
  readonly picture: Picture;
  readonly maps: Tensor;
  readonly statistics: readonly MapStatistics[];
}

export interface ComputedColumn extends PlannedColumn {
  readonly stem: ComputedStem;
  readonly maps: Tensor;
  readonly statistics: readonly MapStatistics[];
  /** Null until the device has rested. */
  readonly timing: Timing | null;
}

export interface ComparisonState {
  /** Of the newest state whose bank is there: what can be said of it before its maps come. */
  readonly plan: ComparisonPlan | null;
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
/** A measurement gives way to other work, a figure's or a painter's; so often it is tried until one is through. */
const mostMeasurements = 10;

const nothing: ComparisonState = { plan: null, engine: null, stem: null, columns: [], busy: false, problem: null };

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
    const learned = learnedBankOf(bank);
    if (!learned || banks.has(learned)) return;
    const loaded = await loadBank(learned);
    if (!loaded.ok) throw new Error(`${bank}: ${loaded.error.code}`);
    banks.set(learned, { values: loaded.value.weight, shape: loaded.value.shape });
  }

  /** The plan of the present state where all that it needs is there, else null. Throws where a column has no output. */
  function plan(): ComparisonPlan | null {
    const { picture } = shared.getState();
    const { compare } = workspace.getState().workspace;
    const learned = learnedBankOf(compare.stem.bank);
    if (!picture || (learned && !banks.has(learned))) return null;
    const former = results.getState().plan;
    const planned = planComparison(compare, picture, sources, former);
    if (planned !== former) results.setState({ plan: planned });
    return planned;
  }

  async function computeStem(engine: Engine, { stem, picture }: ComparisonPlan): Promise<ComputedStem> {
    const photo = await engine.upload(picture.values, stem.photo);
    try {
      const { graph, parameters } = stem;
      const run = await engine.run({
        graph,
        parameters,
        inputs: { [compareNodes.photo]: photo },
        outputs: [compareNodes.bank],
      });
      const maps = run.tensors[compareNodes.bank]!;
      return { ...stem, picture, maps, statistics: await statisticsOf(engine, maps, run.completed) };
    } finally {
      photo.free();
    }
  }

  async function computeColumn(engine: Engine, column: PlannedColumn, stem: ComputedStem): Promise<ComputedColumn> {
    const { graph, parameters, output } = column;
    const run = await engine.run({ graph, parameters, inputs: { [compareNodes.bank]: stem.maps }, outputs: [output] });
    const maps = run.tensors[output]!;
    return { ...column, stem, maps, statistics: await statisticsOf(engine, maps, run.completed), timing: null };
  }

  async function update(engine: Engine): Promise<void> {
    await fetchBank(workspace.getState().workspace.compare.stem.bank);
    const planned = plan();
    // The state has become another one while its bank was fetched: the next round is its.
    if (!planned) return;
    const former = results.getState();
    const isSameEngine = former.engine === engine;
    const keepsStem = isSameEngine && former.stem?.picture === planned.picture && former.stem.key === planned.stem.key;
    const stem = keepsStem ? former.stem! : await computeStem(engine, planned);
    const kept = new Set<ComputedColumn>();
    const columns: ComputedColumn[] = [];
    const discard = () => {
      for (const column of columns) if (!kept.has(column)) column.maps.free();
      if (!keepsStem) stem.maps.free();
    };
    for (const column of planned.columns) {
      const same = former.columns.find((each) => !kept.has(each) && each.stem === stem && each.key === column.key);
      if (same) kept.add(same);
      try {
        columns.push(same ?? (await computeColumn(engine, column, stem)));
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
      columns.push(...others.slice(0, planned.columns.length - columns.length));
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
        await update(running);
      } catch (error) {
        // A lost device is told by the engine's keeper; its successor starts anew.
        if (shared.getState().running === running) results.setState({ problem: sentenceOf(error) });
      }
    }
    isRunning = false;
    results.setState({ busy: false });
    timeWhenIdle();
  }

  function request(): void {
    isDirty = true;
    if (timer !== null) clearTimeout(timer);
    if (isDisposed) return;
    try {
      // What can be said without a map is said at once, whatever is being computed.
      plan();
    } catch (error) {
      results.setState({ problem: sentenceOf(error) });
    }
    if (!isRunning) void loop();
  }

  function timeWhenIdle(attempt = 1): void {
    if (timer !== null) clearTimeout(timer);
    timer = setTimeout(() => void timeAll(attempt), idleBeforeTiming);
  }

  async function timeAll(attempt: number): Promise<void> {
    const { engine, stem, columns } = results.getState();
    if (!engine || !stem) return;
    for (const column of columns) {
      if (column.timing || column.stem !== stem) continue;
      const { graph, parameters, output } = column;
      const inputs = { [compareNodes.bank]: stem.maps };
      const timing = await engine.time({ graph, parameters, inputs, outputs: [output] }).catch(() => null);
      if (isOld(engine) || isRunning) return;
      if (!timing) {
        if (attempt < mostMeasurements) timeWhenIdle(attempt + 1);
        return;
      }
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

/** Whether the maps of `computed` are those that the plan asks for at its place. */
export function isComputed({ key, stem }: ComputedColumn, plan: ComparisonPlan, place: number): boolean {
  return plan.columns[place]?.key === key && stem.key === plan.stem.key && stem.picture === plan.picture;
}

async function statisticsOf(engine: Engine, maps: Tensor, completed: Promise<void>) {
  await completed;
  return engine.statistics(maps);
}

function sentenceOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
