/** The cases of every kind that runs as passes (src/operators/passes.ts). */
import { convTranspose2dCases } from './convTranspose2d.ts';
import { deformConv2dCases } from './deformConv2d.ts';
import type { KindCases } from './operatorCase.ts';
import { pool2dCases } from './pool2d.ts';

export const kindCases: readonly KindCases[] = [convTranspose2dCases, deformConv2dCases, pool2dCases];
