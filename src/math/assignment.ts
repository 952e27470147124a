/**
 * The assignment problem: n rows to n columns, one each, so that the sum of benefits is largest. Shortest augmenting paths with
 * potentials (the Hungarian method of Kuhn and Munkres in the O(n³) form of Jonker & Volgenant 1987).
 */
import type { Matrix } from './matrix.ts';

/** The column of each row. Exact; of equally good assignments always the same one. `benefit` is square. */
export function bestAssignment(benefit: Matrix): Int32Array {
  const n = benefit.rows;
  // Rows and columns count from 1; column 0 stands for "the row that is being placed".
  const rowPotential = new Float64Array(n + 1);
  const columnPotential = new Float64Array(n + 1);
  const rowOfColumn = new Int32Array(n + 1);
  for (let row = 1; row <= n; row++) {
    rowOfColumn[0] = row;
    const distance = new Float64Array(n + 1).fill(Number.POSITIVE_INFINITY);
    const before = new Int32Array(n + 1);
    const isReached = new Uint8Array(n + 1);
    let column = 0;
    while (rowOfColumn[column] !== 0) {
      isReached[column] = 1;
      const from = rowOfColumn[column]!;
      let nearest = 0;
      let shortest = Number.POSITIVE_INFINITY;
      for (let j = 1; j <= n; j++) {
        if (isReached[j]) continue;
        const reduced = -benefit.values[(from - 1) * n + j - 1]! - rowPotential[from]! - columnPotential[j]!;
        if (reduced < distance[j]!) {
          distance[j] = reduced;
          before[j] = column;
        }
        if (distance[j]! < shortest) {
          shortest = distance[j]!;
          nearest = j;
        }
      }
      for (let j = 0; j <= n; j++) {
        if (isReached[j]) {
          rowPotential[rowOfColumn[j]!] = rowPotential[rowOfColumn[j]!]! + shortest;
          columnPotential[j] = columnPotential[j]! - shortest;
        } else distance[j] = distance[j]! - shortest;
      }
      column = nearest;
    }
    for (; column !== 0; column = before[column]!) rowOfColumn[column] = rowOfColumn[before[column]!]!;
  }
  const columns = new Int32Array(n);
  for (let j = 1; j <= n; j++) columns[rowOfColumn[j]! - 1] = j - 1;
  return columns;
}
