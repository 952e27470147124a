/** What is asked of a device at once, and at first: of a GPU, or of a processor in its place. */
import type { Engine } from '../../engine/engine.ts';

/** MACs of a piece: a tenth of a second or so. */
export const pieceMacs = { webgpu: 4e9, software: 5e7 } as const;
/** Longest side of the picture where nothing is chosen: as networks are trained, and what a processor computes while one waits. */
export const firstSize = { webgpu: 224, software: 96 } as const;

/** Whether a GPU computes, or a processor in its place. */
export const paceOf = ({ description }: Engine): keyof typeof pieceMacs =>
  description.kind === 'cpu' || description.isFallback ? 'software' : 'webgpu';
