/** What the boxes on the photo say, in words: the field in rows and columns, who reads a pixel, what floor drops. */
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { exactCount } from '../../../math/format.ts';
import { droppedCount } from '../../../operators/window.ts';
import { type ConvGeometry, latticeOfReaders } from '../../../views/photo/convGeometry.ts';
import { boxOf } from '../../../views/photo/photoOverlay.ts';
import { usePointer, useResults, useWorkspace } from '../../session.tsx';
import { useStill } from '../canvas/useStill.ts';
import { geometryOf, highlightOf, type KindSight, sightOf } from './photoState.ts';

export function PhotoDescription() {
  const picture = useResults((state) => state.picture);
  const workspace = useWorkspace((state) => state.workspace);
  const output = useResults((state) => state.output);
  const geometry = useMemo(() => (picture ? geometryOf(workspace, picture) : null), [workspace, picture]);
  const text = useStill(
    useSentences(
      geometry,
      useMemo(() => sightOf(workspace, output), [workspace, output]),
    ),
  );
  return (
    <p className="sr-only" aria-live="polite">
      {text}
    </p>
  );
}

function useSentences(geometry: ConvGeometry | null, sight: KindSight | null): string {
  const { t } = useTranslation();
  const pointer = usePointer((state) => state);
  const picture = useResults((state) => state.picture);
  const highlight = highlightOf(pointer, geometry, sight);
  if (!picture || (!geometry && !sight)) return '';
  const sentences: string[] = [];
  if (highlight?.kind === 'field') {
    const { x, y, width, height } = boxOf(highlight.lattice);
    const [top, bottom, left, right] = [y, y + height - 1, x, x + width - 1].map(exactCount);
    sentences.push(t('maps.photo.field', { top: top!, bottom: bottom!, left: left!, right: right! }));
    const outside = x < 0 || y < 0 || x + width > picture.width || y + height > picture.height;
    if (outside) sentences.push(t('maps.photo.fieldPadding'));
  } else if (highlight?.kind === 'pixel') {
    const readers = geometry
      ? latticeOfReaders(geometry, highlight.y, highlight.x)
      : sight!.kind.readersOf(highlight.y, highlight.x);
    if (readers) {
      const outputs = exactCount(readers.rows.length * readers.columns.length);
      sentences.push(t('maps.photo.readers', { row: highlight.y, column: highlight.x, outputs }));
    }
  } else if (highlight?.kind === 'weight') {
    const { rows, columns } = highlight.lattice;
    sentences.push(t('maps.photo.weight', { positions: exactCount(rows.length * columns.length) }));
  }
  const [rows, columns] = geometry ? [droppedCount(geometry.h), droppedCount(geometry.w)] : [0, 0];
  if (rows + columns > 0) sentences.push(t('maps.photo.dropped', { rows, columns }));
  return sentences.join(' ');
}
