/**
 * Convolutions cut into dispatches, and dispatches into submissions, so that none runs longer than the page's own drawing can wait:
 * along blocks of filters and rows, by the rate that the device has shown.
 */
import { type Conv2dPlan, dispatchConv2d, recordsOf } from '../../../operators/conv2d/plan.ts';
import type { ArrayShape } from '../../../operators/programs/layout.ts';
import type { DeviceTraits } from '../../../operators/programs/program.ts';
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
    rowRange: readonly [number, number],
    [firstBlock, lastBlock]: readonly [number, number],
    { bindings, ...arrays }: ConvolvedArrays,
  ): void {
    const { array } = arrays.output;
    const { perRow, rowsAtOnce, blocksAtOnce } = this.#cuts(plan, rowRange, lastBlock - firstBlock, array);
    let firstRecord = 0;
    for (const rows of slices(rowRange, rowsAtOnce)) {
      for (const blocks of slices([firstBlock, lastBlock], blocksAtOnce)) {
        this.makeRoom(perRow * (rows[1] - rows[0]) * (blocks[1] - blocks[0]));
        const dispatch = dispatchConv2d(plan, { ...arrays, rows, blocks, firstRecord });
        this.#device.recorder.dispatch(compiled, dispatch, bindings);
      }
      firstRecord += recordsOf(plan, rows[1] - rows[0], array.width);
    }
  }

  /** Records of each map that a convolution over these rows and so many blocks leaves. */
  recordsOf(plan: Conv2dPlan, rowRange: readonly [number, number], blocks: number, array: ArrayShape): number {
    let records = 0;
    for (const [from, to] of slices(rowRange, this.#cuts(plan, rowRange, blocks, array).rowsAtOnce))
      records += recordsOf(plan, to - from, array.width);
    return records;
  }

  /**
   * Rows and blocks of one dispatch, and the multiply-adds of a row of one block. Records are added up row by row: where they are left,
   * rows stay together whatever the pace, so that every run gives the same bits.
   */
  #cuts(plan: Conv2dPlan, [from, to]: readonly [number, number], blocks: number, { width, images }: ArrayShape) {
    const { pace, traits } = this.#device;
    const perRow = plan.macsPerPixel * width * images;
    const limit = pace.macsPerDispatch;
    const quantum = plan.split.rows;
    const together = plan.epilogue.recordLanes ? Math.ceil((to - from) / quantum) * quantum : quantum;
    const blocksAtOnce = Math.max(1, Math.min(blocks, Math.floor(limit / (perRow * together))));
    const rows = Math.max(1, Math.floor(limit / (perRow * blocksAtOnce * together))) * together;
    // One dimension of the grid holds so many workgroups of 64 invocations, each of one row at worst.
    const rowsPerGrid = Math.max(1, Math.floor((traits.maxWorkgroupsPerDimension * 64) / width));
    const rowsAtOnce = Math.min(rows, Math.max(1, Math.floor(rowsPerGrid / quantum)) * quantum);
    return { perRow, rowsAtOnce, blocksAtOnce };
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

function* slices([from, to]: readonly [number, number], step: number): Generator<readonly [from: number, to: number]> {
  for (let at = from; at < to; at += step) yield [at, Math.min(to, at + step)];
}
