/** The chosen filter: its name and what was done to fit it, its slices as cells, the cell that is pointed at, its bias. */
import { useDeferredValue, useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { setHover } from '../../../store/pointer.ts';
import { usePointer, useSession } from '../../session.tsx';
import { useGround } from '../../theme/useGround.ts';
import { useChannelName } from '../dot/useChannelName.ts';
import { CellReadout } from './CellReadout.tsx';
import type { Cell } from './editWeights.ts';
import { FilterHeading } from './FilterHeading.tsx';
import { KernelGrid } from './KernelGrid.tsx';
import { SliceRow } from './SliceRow.tsx';
import type { Kernels } from './useKernels.ts';
import { weightColours } from './weightColours.ts';

const first: Cell = { slice: 0, y: 0, x: 0 };

export function FilterEditor({ kernels, values }: { readonly kernels: Kernels; readonly values: Float32Array }) {
  const { t } = useTranslation();
  const { pointer } = useSession();
  const { shape, filter, target, sliceReach } = kernels;
  const channelName = useChannelName();
  const ground = useGround();
  const colours = useMemo(() => weightColours(ground), [ground]);
  const [chosen, setChosen] = useState<number | null>(null);
  const [large, setLarge] = useState(false);
  const [place, setPlace] = useState<Cell>(first);
  const lit = usePointer(({ hover }) => (hover?.on === 'weight' && hover.filter === filter ? hover : null));

  const channel = shape.firstChannel(filter);
  const channelNames = Array.from({ length: shape.slices }, (_, slice) => channelName(channel + slice)).join('/');
  const all = useMemo(() => channelNames.split('/').map((name, index) => ({ index, name })), [channelNames]);
  const only = chosen !== null && chosen < shape.slices ? chosen : null;
  const slices = useMemo(() => (only === null ? all : all.filter(({ index }) => index === only)), [all, only]);
  const current = within(place, slices, shape.kernelSize);

  const edit = (cell: Cell, value: number, gesture: string) =>
    kernels.filters.edit(target, sliceReach === 'all' ? 'all' : cell.slice, cell, value, gesture);
  const point = (cell: Cell | null) => {
    if (cell) setHover(pointer, { on: 'weight', filter, ...cell });
    else if (pointer.getState().hover?.on === 'weight') setHover(pointer, null);
  };

  // A 15 x 15 x 3 kernel is 675 cells: while a slider moves, the maps come first.
  const grid = useDeferredValue(
    useMemo(() => ({ values, kernelSize: shape.kernelSize, slices }), [values, shape.kernelSize, slices]),
  );
  const label = t('kernels.grid', { number: filter });
  return (
    <div className="filter-editor">
      <FilterHeading kernels={kernels} large={large} onLarge={setLarge} />
      <KernelGrid
        {...grid}
        read={() => kernels.filters.read(filter)}
        label={label}
        colours={colours}
        large={large}
        lit={lit}
        current={current}
        onCurrent={setPlace}
        onPoint={point}
        onEdit={edit}
        foot={(width) =>
          shape.slices > 1 ? <SliceRow slices={all} width={width} only={only} onOnly={setChosen} /> : null
        }
      />
      <CellReadout
        kernels={kernels}
        values={values}
        cell={lit ?? current}
        name={all[(lit ?? current).slice]?.name ?? ''}
        onEdit={edit}
      />
    </div>
  );
}

/** The place that the keys reach, moved into what is shown. */
function within(cell: Cell, slices: readonly { readonly index: number }[], [kh, kw]: readonly [number, number]): Cell {
  const slice = slices.some(({ index }) => index === cell.slice) ? cell.slice : (slices[0]?.index ?? 0);
  return { slice, y: Math.min(cell.y, kh - 1), x: Math.min(cell.x, kw - 1) };
}
