/** How much of a matrix lies inside its diagonal blocks. Sources: Ioannou et al. 2016; docs/channels.md. */
import { type Matrix, rowOf } from './matrix.ts';

/**
 * The sum of squares inside the `groups` diagonal blocks over the sum of all squares, 0..1; of independent entries it is 1 / groups. Sides need
 * not divide: a channel belongs to the group that its middle lies in. 1 of a matrix of zeros, which has nothing outside.
 */
export function blockShare(matrix: Matrix, groups: number): number {
  const groupOf = (at: number, count: number) => Math.floor(((at + 0.5) / count) * groups);
  let [inside, all] = [0, 0];
  for (let i = 0; i < matrix.rows; i++) {
    const own = groupOf(i, matrix.rows);
    for (const [j, value] of rowOf(matrix, i).entries()) {
      all += value * value;
      if (groupOf(j, matrix.columns) === own) inside += value * value;
    }
  }
  return all > 0 ? inside / all : 1;
}
