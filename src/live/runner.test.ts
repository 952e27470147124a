import { describe, expect, it, vi } from 'vitest';
import { createStore } from 'zustand/vanilla';
import { type Engine, EngineError, type Precision, type RunRequest, type Tensor } from '../engine/engine.ts';
import { exploreGraph } from '../graph/explore.ts';
import { isDrawn } from '../graph/graph.ts';
import { createConv2d } from '../operators/conv2d/index.ts';
import type { Shape } from '../operators/operator.ts';
import { firstResults, type Picture, type ResultsState } from './results.ts';
import { createRunner, type Wanted } from './runner.ts';

const picture = (): Picture => ({
  rgba: new Uint8ClampedArray(4 * 4 * 4),
  width: 4,
  height: 4,
  fullWidth: 4,
  fullHeight: 4,
  values: new Float32Array(16),
  channels: 1,
  name: 'grey',
  opaque: true,
});

function wantedWith(outChannels: number, shown: Picture): Wanted {
  const conv = createConv2d({ inChannels: 1, outChannels, kernelSize: [3, 3] });
  const parameters = { conv: { weight: new Float32Array(outChannels * 9), bias: new Float32Array(outChannels) } };
  return {
    graph: exploreGraph(conv, 'relu'),
    parameters,
    picture: shown,
    focus: 'conv',
    shown: 'activation',
    isLinear: false,
    keepLinear: false,
    kind: null,
  };
}

/** An engine whose runs finish when the test says so, and that counts the tensors that nobody has freed. */
function fakeEngine() {
  const live = new Set<Tensor>();
  const requests: RunRequest[] = [];
  const finish: (() => void)[] = [];
  const fail: ((error: Error) => void)[] = [];
  const tensor = (shape: Shape): Tensor => {
    const made: Tensor = {
      shape,
      get isFreed() {
        return !live.has(made);
      },
      free: () => live.delete(made),
    };
    live.add(made);
    return made;
  };
  const engine = {
    upload: async (_values: Float32Array, shape: Shape) => tensor(shape),
    run: async (request: RunRequest) => {
      requests.push(request);
      const completed = new Promise<void>((resolve, reject) => {
        finish.push(resolve);
        fail.push(reject);
      });
      completed.catch(() => undefined);
      const tensors = Object.fromEntries(request.outputs.map((id) => [id, tensor([1, 1, 2, 2])]));
      return { tensors, programs: ['window'], steps: [], completed };
    },
    statistics: async () => [],
    time: async () => ({ ms: 1, method: 'wall', runs: 1 }),
  } as unknown as Engine;
  return { engine, live, requests, finish, fail };
}

function setUp(precision: { now: Precision } = { now: 'exact' }) {
  const results = createStore<ResultsState>(() => firstResults);
  const fake = fakeEngine();
  const state: { wanted: Wanted | null } = { wanted: null };
  const onBroken = vi.fn();
  const clock = { ms: 0 };
  const now = () => clock.ms;
  const runner = createRunner({
    ...{ results, onBroken, now },
    wanted: () => state.wanted,
    precision: () => precision.now,
    onSuccess: () => undefined,
  });
  return { results, ...fake, state, runner, onBroken, clock };
}

/** What an engine with f16 says of itself. */
const withHalf = (engine: Engine) => ({ ...engine, description: { features: ['shader-f16'] } }) as unknown as Engine;

const settle = () => new Promise((resolve) => setTimeout(resolve));

const outChannelsOf = (request: RunRequest | undefined) => {
  const conv = request?.parameters.conv;
  return conv && !isDrawn(conv) ? conv.bias?.length : undefined;
};

describe('the runner', () => {
  it('keeps one run in flight; of the states that come meanwhile only the newest runs', async () => {
    const { engine, runner, state, requests, finish, results } = setUp();
    const shown = picture();
    state.wanted = wantedWith(1, shown);
    runner.changeEngine(engine);
    await settle();
    for (const outChannels of [2, 3, 4]) {
      state.wanted = wantedWith(outChannels, shown);
      runner.request();
    }
    await settle();
    expect(requests).toHaveLength(1);
    finish[0]?.();
    await settle();
    expect(requests.map(outChannelsOf)).toEqual([1, 4]);
    expect(results.getState().busy).toBe(true);
    finish[1]?.();
    await settle();
    expect(results.getState().busy).toBe(false);
    runner.dispose();
  });

  it('runs fast where the person prefers it and the engine can, and says so of its maps', async () => {
    const precision: { now: Precision } = { now: 'fast' };
    const { engine, runner, state, requests, finish, results } = setUp(precision);
    state.wanted = wantedWith(1, picture());
    const plain = { ...engine, description: { features: [] } } as unknown as Engine;
    for (const [i, [present, preferred, expected]] of (
      [
        [plain, 'fast', 'exact'],
        [withHalf(engine), 'fast', 'fast'],
        [withHalf(engine), 'exact', 'exact'],
      ] as const
    ).entries()) {
      precision.now = preferred;
      runner.changeEngine(present);
      await settle();
      finish[i]?.();
      await settle();
      expect(requests.at(-1)?.precision).toBe(expected);
      expect(results.getState().output?.precision).toBe(expected);
    }
    runner.dispose();
  });

  it('shows a run from its start, and says when its values are there', async () => {
    const { engine, runner, state, finish, results } = setUp();
    state.wanted = wantedWith(1, picture());
    runner.changeEngine(engine);
    await settle();
    expect(results.getState().output).not.toBeNull();
    expect(results.getState().finished).toBeNull();
    finish[0]?.();
    await settle();
    expect(results.getState().finished).toBe(results.getState().output);
    runner.dispose();
  });

  it('frees the maps and inputs that nothing shows any more', async () => {
    const { engine, runner, state, live, finish } = setUp();
    runner.changeEngine(engine);
    for (let run = 0; run < 5; run++) {
      state.wanted = wantedWith(1, picture());
      runner.request();
      await settle();
      finish[run]?.();
      await settle();
    }
    // One input and one set of maps are on the screen.
    expect(live.size).toBe(2);
    runner.dispose();
  });

  it('uploads a picture once, however often the layer changes', async () => {
    const { engine, runner, state, finish, live } = setUp();
    const upload = vi.spyOn(engine, 'upload');
    const shown = picture();
    runner.changeEngine(engine);
    for (let run = 0; run < 3; run++) {
      state.wanted = wantedWith(run + 1, shown);
      runner.request();
      await settle();
      finish[run]?.();
      await settle();
    }
    expect(upload).toHaveBeenCalledTimes(1);
    expect(live.size).toBe(2);
    runner.dispose();
  });

  it('uploads again to an engine that came while the former one took the picture', async () => {
    const { engine, runner, state, live } = setUp();
    state.wanted = wantedWith(1, picture());
    let arrive: () => void = () => undefined;
    const arrived = new Promise<void>((resolve) => {
      arrive = resolve;
    });
    const slow = {
      ...engine,
      upload: vi.fn(async (values: Float32Array, shape: Shape) => {
        await arrived;
        return engine.upload(values, shape);
      }),
    };
    runner.changeEngine(slow);
    await settle();
    const next = fakeEngine();
    runner.changeEngine(next.engine);
    arrive();
    await settle();
    expect(slow.upload).toHaveBeenCalledTimes(1);
    expect(live.size).toBe(0);
    expect(next.requests).toHaveLength(1);
    expect(next.live.has(next.requests[0]!.inputs.input!)).toBe(true);
    runner.dispose();
  });

  it('goes on with the next engine although the former one never answers, and heeds no late answer', async () => {
    const { engine, runner, state, results, finish, requests } = setUp();
    state.wanted = wantedWith(1, picture());
    runner.changeEngine(engine);
    await settle();
    expect(requests).toHaveLength(1);
    const next = fakeEngine();
    runner.changeEngine(next.engine);
    await settle();
    next.finish[0]?.();
    await settle();
    expect(results.getState().output?.maps).toBeDefined();
    expect(next.live.has(results.getState().output!.maps)).toBe(true);
    expect(results.getState().busy).toBe(false);
    finish[0]?.();
    runner.request();
    await settle();
    expect(requests).toHaveLength(1);
    expect(next.requests).toHaveLength(2);
    expect(results.getState().busy).toBe(true);
    runner.dispose();
  });

  it('says why a layer has no output, keeps the maps that are shown, and forgets the problem when the next run succeeds', async () => {
    const { engine, runner, state, results, finish } = setUp();
    const shown = picture();
    state.wanted = wantedWith(1, shown);
    runner.changeEngine(engine);
    await settle();
    finish[0]?.();
    await settle();
    const conv = createConv2d({ inChannels: 1, outChannels: 1, kernelSize: [9, 9] });
    state.wanted = { ...wantedWith(1, shown), graph: exploreGraph(conv, 'relu') };
    runner.request();
    await settle();
    expect(results.getState().problem?.kind).toBe('layer');
    expect(results.getState().output).not.toBeNull();
    state.wanted = wantedWith(2, shown);
    runner.request();
    await settle();
    expect(results.getState().problem).toBeNull();
    runner.dispose();
  });

  it('runs the state that waits although the one before it failed', async () => {
    const { engine, runner, state, results, fail, finish, requests } = setUp();
    const shown = picture();
    state.wanted = wantedWith(64, shown);
    runner.changeEngine(engine);
    await settle();
    state.wanted = wantedWith(2, shown);
    runner.request();
    fail[0]?.(new EngineError('too-large', 'too large'));
    await settle();
    finish[1]?.();
    await settle();
    expect(requests.map(outChannelsOf)).toEqual([64, 2]);
    expect(results.getState().problem).toBeNull();
    runner.dispose();
  });

  it('lets go of the maps on the screen when they and their successors are too much together, once', async () => {
    const { engine, runner, state, results, live, finish, onBroken } = setUp();
    /** Room for one picture with its maps. */
    const upload = engine.upload;
    let refusals = 0;
    engine.upload = async (values, shape) => {
      if (live.size > 0 || refusals > 1) {
        refusals += 1;
        throw new EngineError('out-of-memory', 'no room for two');
      }
      return upload(values, shape);
    };
    state.wanted = wantedWith(1, picture());
    runner.changeEngine(engine);
    await settle();
    finish[0]?.();
    await settle();
    const next = picture();
    state.wanted = wantedWith(1, next);
    runner.request();
    await settle();
    finish[1]?.();
    await settle();
    expect(refusals).toBe(1);
    expect(results.getState()).toMatchObject({ problem: null, busy: false });
    expect(results.getState().finished?.picture).toBe(next);
    expect(live.size).toBe(2);
    expect(onBroken).not.toHaveBeenCalled();
    // What does not fit alone is no better for a second try.
    refusals = 2;
    state.wanted = wantedWith(1, picture());
    runner.request();
    await settle();
    expect(refusals).toBe(4);
    expect(live.size).toBe(0);
    expect(results.getState()).toMatchObject({ output: null, busy: false, problem: { code: 'out-of-memory' } });
    expect(onBroken).toHaveBeenCalledTimes(1);
    runner.dispose();
  });

  it('hands a broken engine on for repair, but not a layer that is too large for any', async () => {
    const { engine, runner, state, results, fail, onBroken } = setUp();
    state.wanted = wantedWith(1, picture());
    runner.changeEngine(engine);
    await settle();
    fail[0]?.(new EngineError('out-of-memory', 'no memory'));
    await settle();
    expect(onBroken).toHaveBeenCalledTimes(1);
    expect(results.getState().problem).toMatchObject({ kind: 'engine', code: 'out-of-memory' });
    runner.request();
    await settle();
    fail[1]?.(new EngineError('too-large', 'too large'));
    await settle();
    expect(onBroken).toHaveBeenCalledTimes(1);
    runner.dispose();
  });

  it('shows the last run’s time while frames leave no idle moment; what is measured when idle stays', async () => {
    vi.useFakeTimers();
    const { engine, runner, state, results, finish, clock } = setUp();
    const wanted = wantedWith(1, picture());
    runner.changeEngine(engine);
    const frame = async (index: number, ms: number) => {
      state.wanted = { ...wanted, picture: picture() };
      runner.request();
      await vi.advanceTimersByTimeAsync(0);
      clock.ms += ms;
      finish[index]?.();
      await vi.advanceTimersByTimeAsync(0);
    };
    await frame(0, 900);
    // The first run of a layer may have waited for the compiler.
    expect(results.getState().timing).toBeNull();
    await frame(1, 30);
    expect(results.getState().timing).toEqual({ ms: 30, method: 'wall', runs: 1 });
    await frame(2, 40);
    expect(results.getState().timing).toMatchObject({ ms: 40 });
    // A clock that has not moved says nothing.
    await frame(3, 0);
    expect(results.getState().timing).toMatchObject({ ms: 40 });
    await vi.advanceTimersByTimeAsync(1000);
    expect(results.getState().timing).toMatchObject({ ms: 1 });
    await frame(4, 50);
    expect(results.getState().timing).toMatchObject({ ms: 1 });
    runner.dispose();
    vi.useRealTimers();
  });

  it('shows no time of another layer, and times the same work once', async () => {
    vi.useFakeTimers();
    const { engine, runner, state, results, finish } = setUp();
    const time = vi.spyOn(engine, 'time');
    const wanted = wantedWith(1, picture());
    state.wanted = wanted;
    runner.changeEngine(engine);
    await vi.advanceTimersByTimeAsync(0);
    finish[0]?.();
    await vi.advanceTimersByTimeAsync(1000);
    expect(results.getState().timing).toMatchObject({ ms: 1 });
    // The next frame of a camera.
    state.wanted = { ...wanted, picture: picture() };
    runner.request();
    await vi.advanceTimersByTimeAsync(0);
    finish[1]?.();
    await vi.advanceTimersByTimeAsync(1000);
    expect(results.getState().timing).toMatchObject({ ms: 1 });
    expect(time).toHaveBeenCalledTimes(1);
    state.wanted = wantedWith(2, picture());
    runner.request();
    await vi.advanceTimersByTimeAsync(0);
    expect(results.getState().timing).toBeNull();
    runner.dispose();
    vi.useRealTimers();
  });

  it('tries a measurement again that gave way to other work, and not for ever', async () => {
    vi.useFakeTimers();
    const { engine, runner, state, results, finish } = setUp();
    const gaveWay = () => Promise.reject(new EngineError('internal', 'gave way'));
    const time = vi.spyOn(engine, 'time').mockImplementationOnce(gaveWay).mockImplementationOnce(gaveWay);
    state.wanted = wantedWith(1, picture());
    runner.changeEngine(engine);
    await vi.advanceTimersByTimeAsync(0);
    finish[0]?.();
    await vi.advanceTimersByTimeAsync(1400);
    expect(time).toHaveBeenCalledTimes(2);
    expect(results.getState().timing).toBeNull();
    await vi.advanceTimersByTimeAsync(500);
    expect(results.getState().timing).toMatchObject({ ms: 1 });
    time.mockClear().mockImplementation(gaveWay);
    state.wanted = wantedWith(2, picture());
    runner.request();
    await vi.advanceTimersByTimeAsync(0);
    finish[1]?.();
    await vi.advanceTimersByTimeAsync(60_000);
    expect(time).toHaveBeenCalledTimes(10);
    runner.dispose();
    vi.useRealTimers();
  });

  it('runs and times the same work again when its programs have changed', async () => {
    vi.useFakeTimers();
    const { engine, runner, state, results, finish, requests } = setUp();
    const time = vi.spyOn(engine, 'time');
    state.wanted = wantedWith(1, picture());
    runner.changeEngine(engine);
    await vi.advanceTimersByTimeAsync(0);
    finish[0]?.();
    await vi.advanceTimersByTimeAsync(1000);
    expect(time).toHaveBeenCalledTimes(1);
    runner.renew();
    expect(results.getState().timing).toBeNull();
    await vi.advanceTimersByTimeAsync(0);
    finish[1]?.();
    await vi.advanceTimersByTimeAsync(1000);
    expect(requests).toHaveLength(2);
    expect(time).toHaveBeenCalledTimes(2);
    expect(results.getState().timing).toMatchObject({ ms: 1 });
    runner.dispose();
    vi.useRealTimers();
  });
});
