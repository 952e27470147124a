/** What a device says outside every promise, as the engine's own errors. */
import { describe, expect, it } from 'vitest';
import { Failures } from './failures.ts';

/** Named as the browser's own class: that is how it is told from other errors. */
class GPUOutOfMemoryError {
  constructor(readonly message: string) {}
}

function deviceStub() {
  let lose: (info: { reason: string; message: string }) => void = () => undefined;
  const lost = new Promise((resolve) => {
    lose = resolve;
  });
  const device = Object.assign(new EventTarget(), { lost });
  const fail = (error: object) => device.dispatchEvent(Object.assign(new Event('uncapturederror'), { error }));
  return { device: device as unknown as GPUDevice, fail, lose };
}

describe('the failures of a device', () => {
  it('out of memory is told as that, and ends the engine', async () => {
    const { device, fail } = deviceStub();
    const failures = new Failures(device);
    fail(new GPUOutOfMemoryError('no room'));
    expect(await failures.lost).toMatchObject({ code: 'out-of-memory', message: 'no room' });
    expect(failures.takeUncaptured()).toMatchObject({ code: 'out-of-memory' });
    expect(failures.takeUncaptured()).toBeNull();
  });

  it('a lost device is told as lost', async () => {
    const { device, lose } = deviceStub();
    const failures = new Failures(device);
    lose({ reason: 'unknown', message: '' });
    expect(await failures.lost).toMatchObject({ code: 'device-lost', values: { reason: 'unknown' } });
  });
});
