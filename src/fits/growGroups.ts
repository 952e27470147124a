/** Input channels that are used alike, one group after another: a start for the search of an order of channels. */
import { dot, type Matrix, rowOf, transposed } from '../math/matrix.ts';

/**
 * Each group begins with the strongest channel that is left and takes, one by one, the channel most like its members: the cosine
 * between the energies with which the outputs use two inputs. `energy` [Cout, Cin]; the group of each input.
 */
export function growGroups(energy: Matrix, groups: number): Int32Array {
  const uses = transposed(energy);
  const strength = Float64Array.from({ length: uses.rows }, (_, c) => Math.sqrt(dot(rowOf(uses, c), rowOf(uses, c))));
  const likeness = (a: number, b: number) => {
    const size = strength[a]! * strength[b]!;
    return size === 0 ? 0 : dot(rowOf(uses, a), rowOf(uses, b)) / size;
  };
  const groupOf = new Int32Array(uses.rows).fill(-1);
  for (let group = 0; group < groups; group++) {
    const nearness = new Float64Array(uses.rows);
    for (let member = 0; member < uses.rows / groups; member++) {
      const rank = member === 0 ? strength : nearness;
      let chosen = -1;
      for (let c = 0; c < uses.rows; c++)
        if (groupOf[c] === -1 && (chosen === -1 || rank[c]! > rank[chosen]!)) chosen = c;
      groupOf[chosen] = group;
      for (let c = 0; c < uses.rows; c++) if (groupOf[c] === -1) nearness[c] = nearness[c]! + likeness(c, chosen);
    }
  }
  return groupOf;
}
