/** The linked zoom as a comparison sees it: the one of all screens, kept within the picture and to what its largest maps can show. */
import { useMemo } from 'react';
import { clampZoom, largestScale, type ZoomWindow } from '../../../views/zoom.ts';
import { useWorkspace } from '../../session.tsx';
import { useComparison } from '../comparison.tsx';

interface ComparedZoom {
  readonly zoom: ZoomWindow;
  readonly largest: number;
}

export function useComparedZoom(): ComparedZoom {
  const zoom = useWorkspace((state) => state.workspace.view.zoom);
  const largest = useComparison(({ columns }) =>
    Math.max(1, ...columns.map(({ maps }) => largestScale(maps.shape[3], maps.shape[2]))),
  );
  return useMemo(() => ({ zoom: clampZoom(zoom, largest), largest }), [zoom, largest]);
}
