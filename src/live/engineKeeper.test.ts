import { describe, expect, it, vi } from 'vitest';
import { createStore } from 'zustand/vanilla';
import { type Engine, type EngineChoice, EngineError, type EngineKind } from '../engine/engine.ts';
import { createEngineKeeper } from './engineKeeper.ts';
import { firstResults, type ResultsState } from './results.ts';

function fakeEngine(kind: EngineKind) {
  let lose: (error: EngineError) => void = () => undefined;
  const lost = new Promise<EngineError>((resolve) => {
    lose = resolve;
  });
  const destroy = vi.fn();
  const description = { kind, device: kind, isFallback: false, features: [] };
  return { engine: { description, lost, destroy } as unknown as Engine, lose, destroy };
}

const settle = () => new Promise((resolve) => setTimeout(resolve));

function setUp() {
  const results = createStore<ResultsState>(() => firstResults);
  const made: ReturnType<typeof fakeEngine>[] = [];
  const start = vi.fn(async (choice: EngineChoice) => {
    const fake = fakeEngine(choice === 'cpu' ? 'cpu' : 'webgpu');
    made.push(fake);
    return { engine: fake.engine, reason: null };
  });
  const onChange = vi.fn();
  const clock = { ms: 0 };
  const keeper = createEngineKeeper(results, start, onChange, () => clock.ms);
  return { results, made, start, onChange, clock, keeper };
}

const lostDevice = () => new EngineError('device-lost', 'the device was lost');

describe('the engine keeper', () => {
  it('starts what is chosen and says which engine runs', async () => {
    const { keeper, results, onChange, made } = setUp();
    await keeper.choose('auto');
    expect(results.getState().engine).toMatchObject({ status: 'ready', kind: 'webgpu', reason: null });
    expect(onChange).toHaveBeenCalledWith(made[0]?.engine);
  });

  it('starts a lost engine again, and takes the CPU when it is lost again and again', async () => {
    const { keeper, results, made } = setUp();
    await keeper.choose('auto');
    for (let loss = 0; loss < 3; loss++) {
      made[loss]?.lose(lostDevice());
      await settle();
    }
    expect(made.map(({ engine }) => engine.description.kind)).toEqual(['webgpu', 'webgpu', 'webgpu', 'cpu']);
    expect(results.getState().engine).toMatchObject({ kind: 'cpu', reason: 'device-lost' });
    expect(made[0]?.destroy).toHaveBeenCalled();
  });

  it.each(['out-of-memory', 'device-lost'] as const)('says why the CPU computes in the end: %s', async (code) => {
    const { keeper, results, made } = setUp();
    await keeper.choose('auto');
    for (let failure = 0; failure < 3; failure++) await keeper.restart(new EngineError(code, 'no'));
    expect(results.getState()).toMatchObject({
      engine: { kind: 'cpu', reason: code },
      problem: { kind: 'engine', code },
    });
    // A restart of the CPU's engine does not change the reason; a new choice is a new start.
    made.at(-1)?.lose(lostDevice());
    await settle();
    expect(results.getState().engine).toMatchObject({ kind: 'cpu', reason: code });
    await keeper.choose('webgpu');
    expect(results.getState().engine).toMatchObject({ kind: 'webgpu', reason: null });
  });

  it('gives its engine back at rest, also one that is still starting, and starts again when one is chosen', async () => {
    const { keeper, results, made } = setUp();
    await keeper.choose('auto');
    keeper.rest();
    expect(results.getState()).toMatchObject({ running: null, engine: { status: 'starting' } });
    const coming = keeper.choose('auto');
    keeper.rest();
    await coming;
    expect(results.getState().running).toBeNull();
    expect(made.map(({ destroy }) => destroy.mock.calls.length)).toEqual([1, 1]);
    await keeper.choose('auto');
    expect(results.getState().running).toBe(made[2]?.engine);
  });

  it('does not call a refused shader a lost GPU', async () => {
    const { keeper, results } = setUp();
    await keeper.choose('auto');
    for (let failure = 0; failure < 3; failure++) await keeper.restart(new EngineError('shader-failed', 'no'));
    expect(results.getState().engine).toMatchObject({ kind: 'cpu', reason: 'gpu-failed' });
  });

  it('counts losses from the start when a run has succeeded 20 seconds after the engine’s start', async () => {
    const { keeper, made, clock } = setUp();
    await keeper.choose('auto');
    for (let loss = 0; loss < 4; loss++) {
      made[loss]?.lose(lostDevice());
      await settle();
      clock.ms += 20_000;
      keeper.noteSuccess();
    }
    expect(made.every(({ engine }) => engine.description.kind === 'webgpu')).toBe(true);
  });

  it('takes the CPU too when every engine succeeds once and then fails', async () => {
    const { keeper, made, results } = setUp();
    await keeper.choose('auto');
    for (let loss = 0; loss < 3; loss++) {
      keeper.noteSuccess();
      made[loss]?.lose(lostDevice());
      await settle();
    }
    expect(results.getState().engine).toMatchObject({ kind: 'cpu', reason: 'device-lost' });
  });

  it('does not restart the CPU for ever: the problem stays said, the third failure changes nothing', async () => {
    const { keeper, results, made } = setUp();
    await keeper.choose('cpu');
    const outOfMemory = new EngineError('out-of-memory', 'no memory');
    for (let failure = 0; failure < 5; failure++) await keeper.restart(outOfMemory);
    expect(made).toHaveLength(3);
    expect(results.getState()).toMatchObject({
      engine: { status: 'ready', kind: 'cpu' },
      problem: { kind: 'engine', code: 'out-of-memory' },
    });
  });

  it('says so when the CPU’s engine itself is lost again and again', async () => {
    const { keeper, results, made } = setUp();
    await keeper.choose('cpu');
    for (let loss = 0; loss < 3; loss++) {
      made[loss]?.lose(lostDevice());
      await settle();
    }
    expect(results.getState()).toMatchObject({ engine: { status: 'failed' }, running: null });
  });

  it('takes one failure with several messengers for one', async () => {
    const { keeper, made } = setUp();
    await keeper.choose('auto');
    made[0]?.lose(lostDevice());
    await Promise.all([keeper.restart(lostDevice()), keeper.restart(lostDevice())]);
    await settle();
    expect(made).toHaveLength(2);
  });

  it('destroys the former engine before the next one runs', async () => {
    const { keeper, made, onChange } = setUp();
    await keeper.choose('auto');
    let isGone = false;
    onChange.mockImplementation(() => {
      isGone = vi.mocked(made[0]!.engine.destroy).mock.calls.length > 0;
    });
    await keeper.choose('cpu');
    expect(isGone).toBe(true);
  });

  it('gives an engine back that was overtaken while it started', async () => {
    const { keeper, results, made } = setUp();
    await Promise.all([keeper.choose('webgpu'), keeper.choose('cpu')]);
    expect(results.getState().running).toBe(made[1]?.engine);
    expect(made[0]?.destroy).toHaveBeenCalled();
  });

  it('says so when nothing can be started', async () => {
    const { results, onChange } = setUp();
    const broken = createEngineKeeper(results, () => Promise.reject(new Error('no workers')), onChange);
    await broken.choose('auto');
    expect(results.getState().engine).toEqual({ status: 'failed', message: 'no workers' });
  });
});
