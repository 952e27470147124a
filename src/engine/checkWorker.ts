/** The trust check's float64 arithmetic, off the page's thread. */
import * as Comlink from 'comlink';
import { loadRules } from '../operators/loadRules.ts';
import { type CheckJob, createSliceChecker, type MapSlice, type SliceChecker, type SliceReport } from './checkSlice.ts';

let checker: SliceChecker | null = null;

const service = {
  async prepare(job: CheckJob): Promise<void> {
    await loadRules(job.graph.nodes);
    checker = createSliceChecker(job);
  },
  check(slice: MapSlice, actual: Float32Array): SliceReport {
    if (!checker) throw new Error('the check was not prepared');
    return checker(slice, actual);
  },
};

export type CheckService = typeof service;

Comlink.expose(service);
