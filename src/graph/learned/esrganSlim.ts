/**
 * ESRGAN-slim 2x up to its layer UPN1, layer by layer as its file has it (Keras names): a residual dense network of two blocks (Zhang et
 * al. 2018) behind two convolutions that have no activation between them.
 */
import type { GraphNode } from '../graph.ts';
import { activationNode, addNode, concatNode, convNode } from './blocks.ts';

export function esrganSlim(photo: string): readonly GraphNode[] {
  return [
    convNode('F_m1', photo, { in: 3, out: 64, kernel: 3 }),
    convNode('F_0', 'F_m1', { in: 64, out: 64, kernel: 3 }),
    convNode('F_1_1', 'F_0', { in: 64, out: 4, kernel: 3 }),
    activationNode('F_1_1_Relu', 'F_1_1', 'relu'),
    concatNode('RDB_Concat_1_1', 'F_0', 'F_1_1_Relu'),
    convNode('LFF_1', 'RDB_Concat_1_1', { in: 68, out: 64, kernel: 1 }),
    addNode('LRL_1', 'LFF_1', 'F_0'),
    convNode('F_2_1', 'LRL_1', { in: 64, out: 4, kernel: 3 }),
    activationNode('F_2_1_Relu', 'F_2_1', 'relu'),
    concatNode('RDB_Concat_2_1', 'LRL_1', 'F_2_1_Relu'),
    convNode('LFF_2', 'RDB_Concat_2_1', { in: 68, out: 64, kernel: 1 }),
    addNode('LRL_2', 'LFF_2', 'LRL_1'),
    concatNode('LRLs_Concat', 'LRL_1', 'LRL_2'),
    convNode('GFF_1', 'LRLs_Concat', { in: 128, out: 64, kernel: 1 }),
    convNode('GFF_2', 'GFF_1', { in: 64, out: 64, kernel: 3 }),
    addNode('FDF', 'GFF_2', 'F_m1'),
    convNode('UPN1', 'FDF', { in: 64, out: 64, kernel: 5 }),
  ];
}
