import { expect, it } from 'vitest';
import { matrix } from '../../math/matrix.ts';
import { foldedOrder, partOfMatrix } from './folded.ts';

it('folds channels that correlate with nothing, and keeps the others in their order', () => {
  const pearson = matrix(3, 2, Float64Array.of(0.5, 0, 0, 0, -1, 0));
  const folded = foldedOrder(pearson, { rows: [2, 1, 0], columns: [1, 0] });
  expect(folded).toEqual({ rows: [2, 0], columns: [0], foldedRows: [1], foldedColumns: [1] });
  expect([...partOfMatrix(pearson, folded).values]).toEqual([-1, 0.5]);
});
