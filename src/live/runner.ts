/**
 * Keeps `results.output` in step with the workspace. One run is in flight; while it runs, newer states replace older waiting ones,
 * so a dragged slider always shows the latest and never queues. Statistics and times follow, awaited by no run.
 */
import type { Engine, Precision, RunRequest, Tensor } from '../engine/engine.ts';
import { canBeFast, EngineError } from '../engine/engine.ts';
import type { Graph, GraphParameters, LayerParameters, NodeId } from '../graph/graph.ts';
import { inferShapes } from '../graph/infer.ts';
import type { Shape } from '../operators/operator.ts';
import type { ExploredOutput, Output, Picture, Problem, ResultsStore } from './results.ts';

/** What a run needs to know; compared by identity, so unchanged parts cost nothing. */
export interface Wanted {
  readonly graph: Graph;
  readonly parameters: LayerParameters;
  readonly picture: Picture;
  /** The convolution, and the node whose maps are shown. */
  readonly focus: string;
  readonly shown: string;
  /** The shown maps are the convolution's own: there is no activation. */
  readonly isLinear: boolean;
  /** Keep the maps before the activation too. */
  readonly keepLinear: boolean;
  /** A layer other than Explore's convolution: the maps of all its parts are kept. */
  readonly kind: ExploredOutput | null;
  /** What the graph reads in place of the picture: maps that a network computes. */
  readonly prefix?: Prefix;
}

/** The inputs of a graph, and the learned tensors that follow from them: a batch norm's statistics are those of the maps. */
export interface GivenInputs {
  readonly tensors: Readonly<Record<NodeId, Tensor>>;
  readonly parameters: GraphParameters;
}

export interface Prefix {
  /** Another object for other maps. */
  readonly key: object;
  readonly shapes: Readonly<Record<NodeId, Shape>>;
  /** The caller owns the tensors. Null: a newer state has come, which needs others. */
  compute(engine: Engine): Promise<GivenInputs | null>;
}

/** How long the device must have been idle before a time is measured, in milliseconds. */
const idleBeforeTiming = 500;
/** A measurement gives way to other work, a figure's or a painter's; so often it is tried until one is through. */
const mostMeasurements = 10;

export interface Runner {
  /** Something has changed: run again as soon as the present run has finished. */
  request(): void;
  /** The programs of the present work have changed: it runs and is timed again. */
  renew(): void;
  /** The engine has changed: what the former one owned is gone. */
  changeEngine(engine: Engine | null): void;
  dispose(): void;
}

interface RunnerOptions {
  readonly results: ResultsStore;
  /** The newest state, or null while something is still missing (photo, weights). */
  readonly wanted: () => Wanted | null;
  /** What the person prefers, for engines that have the choice; absent: exact. */
  readonly precision?: () => Precision;
  readonly onSuccess: () => void;
  /** The engine failed in a way that a new engine may mend. */
  readonly onBroken: (error: EngineError) => void;
  /** Milliseconds, for the time of a run. */
  readonly now?: () => number;
}

/** A 1 x C x H x W shape. */
function pictureShape(picture: Picture): Shape {
  return [1, picture.channels, picture.height, picture.width];
}

function asEngineError(error: unknown): EngineError {
  return error instanceof EngineError
    ? error
    : new EngineError('internal', error instanceof Error ? error.message : String(error));
}

/** An engine's error for the person; `message` is the device's own sentence. */
export function problemOf(error: EngineError): Problem {
  return { kind: 'engine', code: error.code, values: { ...error.values, message: error.message } };
}

/** The same layer over a picture of the same size: what one run has cost, the other costs. */
function isSameWork(a: Output, b: Output): boolean {
  if (a.precision !== b.precision) return false;
  return a.graph === b.graph && pictureShape(a.picture).every((side, axis) => side === pictureShape(b.picture)[axis]);
}

/** Every tensor that an output holds. */
function tensorsOf({ maps, linear, inputs, parts }: Output): readonly Tensor[] {
  return [maps, ...(linear ? [linear] : []), ...Object.values(inputs), ...Object.values(parts)];
}

/** The nodes of a layer whose maps are kept beside the shown ones: what the layer reads (a bank), and its parts. */
function partsOf({ source, nodes }: ExploredOutput, inputs: Output['inputs']): readonly NodeId[] {
  return [source, ...nodes.map(({ id }) => id)].filter((id) => !(id in inputs));
}

function shapesOf(tensors: ExploredOutput['constants']): Record<NodeId, Shape> {
  return Object.fromEntries(Object.entries(tensors).map(([id, { shape }]) => [id, shape]));
}

/** What is timed: the whole graph, or of another kind the layer alone, whose bank stands already. */
function timedWork({ graph, parameters, inputs, kind, parts, precision }: Output, shown: NodeId): RunRequest {
  if (!kind) return { graph, parameters, inputs, outputs: [shown], precision };
  const read = kind.alone.nodes.filter(({ operator }) => operator.kind === 'input');
  return {
    graph: kind.alone,
    parameters,
    inputs: Object.fromEntries(read.map(({ id }) => [id, parts[id]!])),
    outputs: [shown],
    precision,
  };
}

export function createRunner(options: RunnerOptions): Runner {
  const { results, now = () => performance.now() } = options;
  let engine: Engine | null = null;
  let isRunning = false;
  let isDirty = false;
  let isDisposed = false;
  let held: (GivenInputs & { readonly key: object }) | null = null;
  let idleTimer: ReturnType<typeof setTimeout> | null = null;
  /** The time in `results` was measured on the idle device. */
  let isMeasured = false;

  /** The inputs of the graph that are not constants; null where another engine or a newer state has come meanwhile. */
  async function givenInputs(present: Engine, { picture, prefix }: Wanted): Promise<GivenInputs | null> {
    const key = prefix?.key ?? picture.values;
    if (held?.key === key) return held;
    const given = prefix
      ? await prefix.compute(present)
      : { tensors: { input: await present.upload(picture.values, pictureShape(picture)) }, parameters: {} };
    if (!given) return null;
    if (engine !== present) {
      // It needs inputs of its own.
      for (const tensor of Object.values(given.tensors)) tensor.free();
      return null;
    }
    const former = held;
    held = { key, ...given };
    // Tensors of the former picture are freed with the output that still shows them, or now when none does.
    freeHeld(former);
    return held;
  }

  function freeHeld(former: GivenInputs | null): void {
    const shown = new Set(Object.values(results.getState().output?.inputs ?? {}));
    for (const tensor of Object.values(former?.tensors ?? {})) if (!shown.has(tensor)) tensor.free();
  }

  function freeOutput(former: Output | null, next: Output | null): void {
    if (!former) return;
    const kept = new Set([...(next ? tensorsOf(next) : []), ...Object.values(held?.tensors ?? {})]);
    for (const tensor of tensorsOf(former)) if (!kept.has(tensor)) tensor.free();
  }

  /** The graph's inputs beside the picture: those of the former run where they hold the same values. */
  async function uploadedConstants(present: Engine, kind: ExploredOutput | null): Promise<Record<NodeId, Tensor>> {
    const former = results.getState().output;
    const uploaded: Record<NodeId, Tensor> = {};
    for (const [id, constant] of Object.entries(kind?.constants ?? {})) {
      const same = former?.kind?.constants[id] === constant ? former.inputs[id] : undefined;
      uploaded[id] = same ?? (await present.upload(constant.values, constant.shape));
    }
    return uploaded;
  }

  /** Frees all that is shown, to make room: the maps on the screen are held while their successors are computed. */
  function letGo(): void {
    const { output } = results.getState();
    results.setState({ output: null, finished: null, statistics: null, timing: null });
    for (const tensor of Object.values(held?.tensors ?? {})) tensor.free();
    held = null;
    isMeasured = false;
    freeOutput(output, null);
  }

  /** Returns whether the run before was the same work, so that this one waited for no compiler. */
  function show(output: Output): boolean {
    const former = results.getState().output;
    results.setState({ output, problem: clearedProblem() });
    const isRepeated = former !== null && isSameWork(former, output);
    if (!isRepeated) {
      isMeasured = false;
      results.setState({ timing: null });
    }
    freeOutput(former, output);
    return isRepeated;
  }

  /** A camera may leave no idle moment to measure in: until then the time of the last run stands, by the wall. */
  function timeByLastRun(ms: number): void {
    if (!isMeasured && ms > 0) results.setState({ timing: { ms, method: 'wall', runs: 1 } });
  }

  /** A layer or engine problem is overcome by a run that succeeds; a photo problem stays until it is dismissed. */
  function clearedProblem() {
    const { problem } = results.getState();
    return problem?.kind === 'layer' || problem?.kind === 'engine' ? null : problem;
  }

  function followWithStatistics(present: Engine, output: Output): void {
    present.statistics(output.maps).then(
      (statistics) => {
        if (results.getState().output === output) results.setState({ statistics });
      },
      // The maps were freed by a newer run, or the engine is gone: newer statistics are on their way.
      () => undefined,
    );
  }

  function timeWhenIdle(present: Engine, output: Output, shown: string, attempt = 1): void {
    if (idleTimer !== null) clearTimeout(idleTimer);
    // The frames of a camera are the same work over and over: once is enough.
    if (isMeasured) return;
    idleTimer = setTimeout(() => {
      idleTimer = null;
      const isOld = () => isRunning || engine !== present || results.getState().output !== output;
      if (isOld()) return;
      present.time(timedWork(output, shown)).then(
        (timing) => {
          // A run that came meanwhile had its share of a time by the wall.
          if (isOld()) return;
          isMeasured = true;
          results.setState({ timing });
        },
        () => {
          if (!isOld() && !isDisposed && attempt < mostMeasurements) timeWhenIdle(present, output, shown, attempt + 1);
        },
      );
    }, idleBeforeTiming);
  }

  async function runOnce(present: Engine, wanted: Wanted): Promise<void> {
    const { graph, picture, shown, kind, prefix } = wanted;
    const constants = kind?.constants ?? {};
    const read = prefix?.shapes ?? { input: pictureShape(picture) };
    const shapes = inferShapes(graph, { ...shapesOf(constants), ...read });
    if (!shapes.ok) {
      results.setState({ problem: { kind: 'layer', code: 'invalid', values: { message: shapes.error.message } } });
      return;
    }
    const shape = shapes.value[shown];
    if (!shape) throw new EngineError('internal', `The graph has no node ${shown}.`);
    const given = await givenInputs(present, wanted);
    if (!given || engine !== present) return;
    const inputs: Record<NodeId, Tensor> = { ...(await uploadedConstants(present, kind)), ...given.tensors };
    if (engine !== present) return;
    const tensor = inputs.input ?? inputs[kind?.source ?? '']!;
    const parameters = prefix ? { ...wanted.parameters, ...given.parameters } : wanted.parameters;
    const parts = kind ? partsOf(kind, inputs) : [];
    const linearToo = wanted.keepLinear && !wanted.isLinear ? [wanted.focus] : [];
    const isFast = options.precision?.() === 'fast' && canBeFast(present.description);
    const precision: Precision = isFast ? 'fast' : 'exact';
    const start = now();
    const run = await present.run({
      graph,
      parameters,
      inputs,
      outputs: [...new Set([...parts, ...linearToo, shown])],
      statistics: [shown],
      precision,
    });
    const maps = run.tensors[shown];
    if (!maps) throw new EngineError('internal', `The run gave no maps for ${shown}.`);
    if (engine !== present) {
      for (const kept of Object.values(run.tensors)) kept.free();
      return;
    }
    const linear = wanted.isLinear ? maps : (run.tensors[wanted.focus] ?? null);
    const output: Output = {
      ...{
        graph,
        parameters,
        picture,
        input: tensor,
        inputs,
        linear,
        maps,
        shape,
        programs: run.programs,
        precision,
        kind,
      },
      parts: kind ? { ...inputs, ...run.tensors } : {},
    };
    const isRepeated = show(output);
    await run.completed;
    if (engine !== present) return;
    if (isRepeated) timeByLastRun(now() - start);
    results.setState({ finished: output });
    options.onSuccess();
    followWithStatistics(present, output);
    timeWhenIdle(present, output, shown);
  }

  /** Runs on one engine until nothing is dirty or another engine has come, whose loop is its own: a gone device may never answer. */
  async function loop(): Promise<void> {
    const present = engine;
    isRunning = true;
    results.setState({ busy: true });
    while (isDirty && !isDisposed && engine === present) {
      isDirty = false;
      const wanted = options.wanted();
      if (!present || !wanted) break;
      const former = results.getState().output;
      try {
        await runOnce(present, wanted);
      } catch (thrown) {
        if (engine !== present) return;
        const error = asEngineError(thrown);
        // Once, and only if no newer maps came of it: there may be room for one of the two.
        if (error.code === 'out-of-memory' && former && results.getState().output === former) {
          letGo();
          isDirty = true;
          continue;
        }
        results.setState({ problem: problemOf(error) });
        // A lost device reports itself; what is too large for this engine is so for its successor too.
        if (error.code !== 'device-lost' && error.code !== 'too-large') options.onBroken(error);
      }
    }
    if (engine !== present) return;
    isRunning = false;
    results.setState({ busy: false });
  }

  function request(): void {
    isDirty = true;
    if (!isRunning && !isDisposed) void loop();
  }

  return {
    request,
    renew() {
      isMeasured = false;
      results.setState({ timing: null });
      request();
    },
    changeEngine(next) {
      engine = next;
      held = null;
      isRunning = false;
      isMeasured = false;
      if (next) request();
      else results.setState({ busy: false });
    },
    dispose() {
      isDisposed = true;
      if (idleTimer !== null) clearTimeout(idleTimer);
    },
  };
}
