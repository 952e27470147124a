import { describe, expect, it } from 'vitest';
import type { ParameterValues } from '../../operators/operator.ts';
import { createParameterReceiver, createParameterSender } from './parameterPost.ts';

/** 400 bytes. */
const weights = (first: number): ParameterValues => ({
  weight: Float32Array.from({ length: 100 }, (_, i) => first + i),
  bias: null,
});

describe('weights on their way to another thread', () => {
  it('are sent once and arrive as the same object each time', () => {
    const sender = createParameterSender<ParameterValues>();
    const receiver = createParameterReceiver<ParameterValues>();
    const values = weights(1);
    const first = sender.post(values);
    expect(first.values).toBe(values);
    const arrived = receiver.take(structuredClone(first));
    const second = sender.post(values);
    expect(second.values).toBeNull();
    expect(receiver.take(second)).toBe(arrived);
    expect(arrived.weight[99]).toBe(100);
  });

  it('are dropped on both sides, those used longest ago first, and sent again when they are wanted', () => {
    const sender = createParameterSender<ParameterValues>(1000);
    const receiver = createParameterReceiver<ParameterValues>();
    const [a, b, c] = [weights(1), weights(2), weights(3)];
    const say = (values: ParameterValues) => {
      const posted = sender.post(values);
      receiver.take(posted);
      receiver.forget(sender.forgotten());
      return posted;
    };
    const named = say(a);
    say(b);
    expect(say(a).values).toBeNull();
    say(c);
    expect(sender.post(b).values).toBe(b);
    expect(sender.post(a).values).toBeNull();
    expect(receiver.take({ key: named.key, values: null })).toBe(a);
  });

  it('larger than all that is kept serve the message that brings them', () => {
    const sender = createParameterSender<ParameterValues>(100);
    const receiver = createParameterReceiver<ParameterValues>();
    const posted = sender.post(weights(1));
    expect(receiver.take(posted).weight[0]).toBe(1);
    receiver.forget(sender.forgotten());
    expect(() => receiver.take({ key: posted.key, values: null })).toThrow();
    expect(sender.forgotten()).toEqual([]);
  });

  it('are all sent again after a message that was lost', () => {
    const sender = createParameterSender<ParameterValues>();
    const values = weights(1);
    const { key } = sender.post(values);
    sender.startAgain();
    expect(sender.forgotten()).toEqual([key]);
    expect(sender.post(values).values).toBe(values);
  });
});
