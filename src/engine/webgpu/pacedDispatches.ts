/**
 * Convolutions cut into dispatches, and dispatches into submissions, so that none runs longer than the page's own drawing can wait:
 * along blocks of filters and rows, by the rate that the device has shown.
 */
import { type Conv2dPlan, dispatchConv2d } from '../../operators/conv2d/plan.ts';
import type { ArrayShape } from '../../operators/programs/layout.ts';
import type { DeviceTraits } from '../../operators/programs/program.ts';
import type { Pace } from './pace.ts';
import type { Compiled } from './pipelines.ts';
import type { Binding, Recorder } from './recorder.ts';

/** The arrays of one convolution, and where their first elements stand in their whole tensors. */
export interface ConvolvedArrays {
  readonly input: { readonly array: ArrayShape; readonly y: number; readonly x: number };
  readonly output: { readonly array: ArrayShape; readonly channel: number; readonly y: number; readonly x: number };
  /** Everything but the uniforms, in the program's order. */
  readonly bindings: readonly Binding[];
  /** The block of filters that the bound weights begin with. */
  readonly firstBound?: number;
}

interface PacedDevice {
  readonly pace: Pace;
  readonly recorder: Recorder;
  readonly traits: DeviceTraits;
}

export class PacedDispatches {
  readonly #device: PacedDevice;
  /** Multiply-adds recorded, with wasted lanes. */
  macs = 0;
  #unsubmitted = 0;

  constructor(device: PacedDevice) {
    this.#device = device;
  }

  /** One convolution over rows firstRow..lastRow-1 of the output array and blocks firstBlock..lastBlock-1. */
  convolve(
    plan: Conv2dPlan,
    compiled: Compiled,
    [firstRow, lastRow]: readonly [number, number],
    [firstBlock, lastBlock]: readonly [number, number],
    { bindings, ...arrays }: ConvolvedArrays,
  ): void {
    const { pace, recorder, traits } = this.#device;
    const { array } = arrays.output;
    const perRow = plan.macsPerPixel * array.width * array.images;
    const limit = pace.macsPerDispatch;
    const quantum = plan.split.rows;
    const rowsFor = (blocks: number) => Math.max(1, Math.floor(limit / (perRow * blocks * quantum))) * quantum;
    const blocksAtOnce = Math.max(1, Math.min(lastBlock - firstBlock, Math.floor(limit / (perRow * quantum))));
    // One dimension of the grid holds so many workgroups of 64 invocations, each of one row at worst.
    const rowsPerGrid = Math.max(1, Math.floor((traits.maxWorkgroupsPerDimension * 64) / array.width));
    const rowsAtOnce = Math.min(rowsFor(blocksAtOnce), Math.max(1, Math.floor(rowsPerGrid / quantum)) * quantum);
    for (let row = firstRow; row < lastRow; row += rowsAtOnce) {
      const rows = [row, Math.min(lastRow, row + rowsAtOnce)] as const;
      for (let block = firstBlock; block < lastBlock; block += blocksAtOnce) {
        const blocks = [block, Math.min(lastBlock, block + blocksAtOnce)] as const;
        const macs = perRow * (rows[1] - rows[0]) * (blocks[1] - blocks[0]);
        this.makeRoom(macs);
        recorder.dispatch(compiled, dispatchConv2d(plan, { ...arrays, rows, blocks }), bindings);
      }
    }
  }

  /** Submits what is recorded when `macs` more would make the submission too long. */
  makeRoom(macs: number): void {
    if (this.#unsubmitted > 0 && this.#unsubmitted + macs > this.#device.pace.macsPerDispatch) {
      this.#device.recorder.submit();
      this.#unsubmitted = 0;
    }
    this.#unsubmitted += macs;
    this.macs += macs;
  }
}
