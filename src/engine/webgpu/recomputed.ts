/** What maps take that are too large to keep: loaded when a run first leaves one to it. */
export { detailPieces } from './details.ts';
export { sweep, sweepPreviews } from './sweep.ts';
