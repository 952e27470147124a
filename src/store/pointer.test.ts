import { describe, expect, it, vi } from 'vitest';
import { clearPin, createPointerStore, pause, pinUnit, play, scrub, setHover, setSpeed, step } from './pointer.ts';

describe('the pointer store', () => {
  it('points at nothing, pins nothing and shows whole maps at first', () => {
    const { hover, pin, playback } = createPointerStore().getState();
    expect({ hover, pin }).toEqual({ hover: null, pin: null });
    expect(playback).toMatchObject({ playing: false, position: null });
  });

  it('tells nobody when the pointer moves within one pixel', () => {
    const pointer = createPointerStore();
    const heard = vi.fn();
    pointer.subscribe(heard);
    setHover(pointer, { on: 'photo', y: 4, x: 7 });
    setHover(pointer, { on: 'photo', y: 4, x: 7 });
    expect(heard).toHaveBeenCalledTimes(1);
    setHover(pointer, { on: 'photo', y: 4, x: 8 });
    expect(heard).toHaveBeenCalledTimes(2);
  });

  it('pins a unit and lets it go', () => {
    const pointer = createPointerStore();
    pinUnit(pointer, { channel: 2, y: 10, x: 20 });
    expect(pointer.getState().pin).toEqual({ channel: 2, y: 10, x: 20 });
    clearPin(pointer);
    expect(pointer.getState().pin).toBeNull();
  });

  it('plays from the first position, and on from where it was paused', () => {
    const pointer = createPointerStore();
    play(pointer);
    expect(pointer.getState().playback).toMatchObject({ playing: true, position: 0 });
    pointer.setState({ playback: { ...pointer.getState().playback, position: 17 } });
    pause(pointer);
    expect(pointer.getState().playback).toMatchObject({ playing: false, position: 17 });
    play(pointer);
    expect(pointer.getState().playback).toMatchObject({ playing: true, position: 17 });
  });

  it('steps through 12 positions and stops at both ends', () => {
    const pointer = createPointerStore();
    const position = () => pointer.getState().playback.position;
    step(pointer, 1, 12);
    expect(position()).toBe(0);
    step(pointer, -1, 12);
    expect(position()).toBe(0);
    step(pointer, 100, 12);
    expect(position()).toBe(11);
    scrub(pointer, null);
    step(pointer, -1, 12);
    expect(position()).toBe(11);
  });

  it('stops a playing window where it is scrubbed to', () => {
    const pointer = createPointerStore();
    play(pointer);
    scrub(pointer, 5);
    expect(pointer.getState().playback).toMatchObject({ playing: false, position: 5 });
  });

  it('keeps the speed between 1 and 2000 positions per second', () => {
    const pointer = createPointerStore();
    setSpeed(pointer, 0);
    expect(pointer.getState().playback.speed).toBe(1);
    setSpeed(pointer, 1e9);
    expect(pointer.getState().playback.speed).toBe(2000);
  });
});
