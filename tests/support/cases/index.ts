/** The cases of every kind that runs as passes (src/operators/passes.ts). */
import type { KindCases } from './operatorCase.ts';
import { pool2dCases } from './pool2d.ts';

export const kindCases: readonly KindCases[] = [pool2dCases];
