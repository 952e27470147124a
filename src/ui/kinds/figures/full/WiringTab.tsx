/** The three weight matrices side by side; one chosen cell lights its row's inputs and its column's outputs in all of them. */
import { useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { mapSize, unusedWeights, weightCounts } from '../../../../graph/shift/threeLayers.ts';
import { SegmentedControl } from '../../../components/SegmentedControl.tsx';
import { useResults } from '../../../session.tsx';
import { Foot } from './Foot.tsx';
import { MatrixColumn } from './MatrixColumn.tsx';
import type { Cell } from './MatrixView.tsx';
import { longestSide, type PartProps, useSetup, windowOf } from './useSetup.ts';

/** How much larger a matrix is when it is near. */
const near = 3;

export function WiringTab(props: PartProps) {
  const { t } = useTranslation('kinds');
  const setup = useSetup(props, longestSide.matrix);
  const { layers, photo, window } = setup;
  const [, , height, width] = photo.shape;
  const [rows, columns] = mapSize(window, [height, width]);
  const middle = (h: number, w: number) => Math.floor((h - 1) / 2) * w + Math.floor((w - 1) / 2);
  const [pinned, setPinned] = useState<Cell | null>(null);
  const [hover, setHover] = useState<Cell | null>(null);
  const [scale, setScale] = useState<1 | typeof near>(1);
  const within = ({ row, column }: Cell): Cell => ({
    row: Math.min(row, rows * columns - 1),
    column: Math.min(column, height * width - 1),
  });
  const chosen = within(pinned ?? { row: middle(rows, columns), column: middle(height, width) });
  const counts = useFullCounts(props);
  const unused = layers.reduce((sum, layer) => sum + unusedWeights(layer), 0);
  return (
    <>
      <div className="matrix-columns">
        {layers.map((layer) => (
          <MatrixColumn
            key={layer.kind}
            {...{ layer, photo, chosen, scale }}
            cell={hover ? within(hover) : chosen}
            fullSize={counts?.of[layer.kind] ?? null}
            fullShapes={counts?.shapes ?? ''}
            onHover={setHover}
            onChoose={setPinned}
          />
        ))}
      </div>
      <p className="sr-only" role="status">
        {t('full.wiring.row', { row: chosen.row, y: Math.floor(chosen.row / columns), x: chosen.row % columns })},{' '}
        {t('full.wiring.column', {
          column: chosen.column,
          y: Math.floor(chosen.column / width),
          x: chosen.column % width,
        })}
      </p>
      <Foot setup={setup} more={unused > 0 ? t('full.wiring.onPadding', { number: unused }) : null}>
        <SegmentedControl
          label={t('full.wiring.zoom')}
          value={String(scale)}
          options={[
            { value: '1', label: t('full.wiring.whole') },
            { value: String(near), label: t('full.wiring.near', { times: near }), hint: t('full.wiring.nearHint') },
          ]}
          onChange={(value) => setScale(value === '1' ? 1 : near)}
        />
      </Foot>
    </>
  );
}

/** Weights that the layers would have on the photo at its working size. */
function useFullCounts({ kind, stride }: PartProps) {
  const { t } = useTranslation('kinds');
  const size = useResults(({ picture }) => picture && `${picture.height} ${picture.width}`);
  return useMemo(() => {
    if (!size) return null;
    const [h = 1, w = 1] = size.split(' ').map(Number);
    const c = kind.shapes[kind.source]?.[1] ?? 1;
    const n = kind.attributes.outChannels;
    const { window } = windowOf(kind, [h, w], stride);
    const [rows, columns] = mapSize(window, [h, w]);
    return {
      of: weightCounts(window, [h, w], [c, n]),
      shapes: t('full.wiring.fullSize', { c, h, w, n, rows, columns }),
    };
  }, [size, kind, stride, t]);
}
