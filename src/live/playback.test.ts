import { describe, expect, it } from 'vitest';
import { createStore } from 'zustand/vanilla';
import type { Shape } from '../operators/operator.ts';
import type { PointerState } from '../store/pointer.ts';
import { runPlayback, unitAt } from './playback.ts';

const shape: Shape = [1, 2, 3, 4];

function setUp(speed: number) {
  const pointer = createStore<PointerState>(() => ({
    hover: null,
    pin: { channel: 1, y: 0, x: 0 },
    playback: { playing: false, position: null, speed },
  }));
  let pending: ((ms: number) => void) | null = null;
  const stop = runPlayback(pointer, () => shape, {
    request: (callback) => {
      pending = callback;
      return 1;
    },
    cancel: () => {
      pending = null;
    },
  });
  const tick = (ms: number) => {
    const callback = pending;
    pending = null;
    callback?.(ms);
  };
  return { pointer, tick, stop, isWaiting: () => pending !== null };
}

function play(pointer: ReturnType<typeof setUp>['pointer']) {
  pointer.setState((state) => ({ playback: { ...state.playback, playing: true } }));
}

describe('the sliding window', () => {
  it('counts positions in reading order', () => {
    expect(unitAt(6, 1, shape)).toEqual({ channel: 1, y: 1, x: 2 });
  });

  it('moves by speed times time, keeps the map, and takes the pin with it', () => {
    const { pointer, tick } = setUp(4);
    play(pointer);
    tick(1000);
    expect(pointer.getState().playback.position).toBe(0);
    tick(2500);
    expect(pointer.getState().playback.position).toBe(6);
    expect(pointer.getState().pin).toEqual({ channel: 1, y: 1, x: 2 });
  });

  it('adds up fractions of a position at low speed', () => {
    const { pointer, tick } = setUp(1);
    play(pointer);
    for (const ms of [0, 400, 800, 1200]) tick(ms);
    expect(pointer.getState().playback.position).toBe(1);
  });

  it('shows the whole map again at the end and asks for no more frames', () => {
    const { pointer, tick, isWaiting } = setUp(100);
    play(pointer);
    tick(0);
    tick(1000);
    expect(pointer.getState().playback).toEqual({ playing: false, position: null, speed: 100 });
    expect(isWaiting()).toBe(false);
  });

  it('gives the pin back when it ends or is put away: where it was, or where a person put it meanwhile', () => {
    const { pointer, tick } = setUp(100);
    const at = (position: number | null) => pointer.setState({ playback: { playing: false, position, speed: 4 } });
    pointer.setState({ pin: { channel: 1, y: 1, x: 1 } });
    play(pointer);
    tick(0);
    tick(1000);
    expect(pointer.getState().pin).toEqual({ channel: 1, y: 1, x: 1 });
    at(0);
    at(7);
    expect(pointer.getState().pin).toEqual({ channel: 1, y: 1, x: 3 });
    at(null);
    expect(pointer.getState().pin).toEqual({ channel: 1, y: 1, x: 1 });
    at(3);
    pointer.setState({ pin: { channel: 0, y: 2, x: 2 } });
    at(null);
    expect(pointer.getState().pin).toEqual({ channel: 0, y: 2, x: 2 });
  });

  it('stands on the pinned unit: a scrubbed window takes the pin along, and a moved pin the window', () => {
    const { pointer } = setUp(4);
    const at = (position: number) => pointer.setState({ playback: { playing: false, position, speed: 4 } });
    at(6);
    expect(pointer.getState().pin).toEqual({ channel: 1, y: 1, x: 2 });
    pointer.setState({ pin: { channel: 0, y: 2, x: 1 } });
    expect(pointer.getState().playback.position).toBe(9);
    expect(pointer.getState().pin).toEqual({ channel: 0, y: 2, x: 1 });
  });

  it('leaves the pin alone while the whole map is shown', () => {
    const { pointer } = setUp(4);
    pointer.setState({ pin: { channel: 0, y: 2, x: 1 } });
    expect(pointer.getState().playback.position).toBeNull();
  });

  it('asks for no frames while nothing plays', () => {
    const { isWaiting, stop } = setUp(4);
    expect(isWaiting()).toBe(false);
    stop();
  });
});
