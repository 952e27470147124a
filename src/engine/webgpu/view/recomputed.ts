/** What maps take that are too large to keep: loaded when a run first leaves one to it. */

export { sweep, sweepPreviews } from '../run/sweep.ts';
export { detailPieces } from './details.ts';
