/** The colours of the comparison on the screen. */
import { useMemo } from 'react';
import { groundOf } from '../../../views/palette.ts';
import { useWorkspace } from '../../session.tsx';
import { usePalette } from '../../theme/usePalette.ts';
import { useComparison } from '../comparison.tsx';
import { type ComparedColouring, comparedColouring } from './colouring.ts';

export function useColouring(): ComparedColouring {
  const columns = useComparison((state) => state.columns);
  const colourMap = useWorkspace((state) => state.workspace.view.colourMap);
  const comparedRange = useWorkspace((state) => state.workspace.view.comparedRange);
  const percentiles = useWorkspace((state) => state.workspace.view.percentiles);
  const palette = usePalette();
  return useMemo(
    () => comparedColouring(columns, { colourMap, comparedRange, percentiles }, groundOf(palette)),
    [columns, colourMap, comparedRange, percentiles, palette],
  );
}
