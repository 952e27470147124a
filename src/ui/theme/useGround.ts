/** The ground that diverging colours stand on: zero is as quiet as the panel on which the maps lie, read from the page's own tokens. */
import { useMemo } from 'react';
import type { Ground } from '../../views/colour/colourMaps.ts';
import { groundOf } from '../../views/palette.ts';
import { usePalette } from './usePalette.ts';

/** The same object for the same theme, so that colour tables can be memoised on it. */
export function useGround(): Ground {
  const palette = usePalette();
  return useMemo(() => groundOf(palette), [palette]);
}
