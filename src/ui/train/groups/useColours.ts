/** The colours of the figure of filter groups: one range for all numbers of groups, or each matrix by itself as it was published. */
import { useCallback, useMemo } from 'react';
import { sharedRange } from '../../../live/train/groupFigure.ts';
import type { Matrix } from '../../../math/matrix.ts';
import type { TrainView } from '../../../store/train.ts';
import { bakeColourMap } from '../../../views/colour/colourMaps.ts';
import { bakeHeat } from '../../../views/correlation/heat.ts';
import { largestMagnitude, type MatrixColours } from '../../../views/correlation/picture.ts';
import { useGround } from '../../theme/useGround.ts';

/** The same object for the same range, so that a canvas is only painted anew when something has changed. */
export function useColours({ measure, isSigned, scale }: TrainView): (matrix: Matrix) => MatrixColours {
  const ground = useGround();
  const table = useMemo(() => (isSigned ? bakeColourMap('rdbu', ground) : bakeHeat(ground)), [isSigned, ground]);
  const made = useMemo(() => {
    const shared = sharedRange[measure];
    return { shared, of: new Map<number, MatrixColours>(), table, isSigned };
  }, [measure, table, isSigned]);
  return useCallback(
    (matrix) => {
      const hi = scale === 'own' ? largestMagnitude(matrix) : made.shared;
      const known = made.of.get(hi);
      if (known) return known;
      const colours = { colours: made.table, ends: { lo: made.isSigned ? -hi : 0, hi }, isAbsolute: !made.isSigned };
      made.of.set(hi, colours);
      return colours;
    },
    [made, scale],
  );
}
