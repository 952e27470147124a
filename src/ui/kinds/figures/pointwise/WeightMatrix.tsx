/** The weights of a 1 x 1 layer as a matrix [N, C] in signed colours: blue is negative, red positive, as in every kernel. */
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import type { ChannelKernels } from '../../../../graph/channelKernels.ts';
import { measured } from '../../../../math/format.ts';
import type { DiagramChannel } from '../../../../views/connectivity/through.ts';
import { groundOf } from '../../../../views/palette.ts';
import { weightColours } from '../../../explore/kernels/weightColours.ts';
import { usePalette } from '../../../theme/usePalette.ts';
import { ChannelMatrix } from '../matrix/ChannelMatrix.tsx';
import type { Cell, MatrixContent } from '../matrix/matrixDrawing.ts';

interface WeightMatrixProps {
  readonly kernels: ChannelKernels;
  readonly groups: number;
  readonly cell: Cell | null;
  readonly focus: DiagramChannel;
  readonly last: number;
  readonly pinned: number;
  readonly onPoint: (cell: Cell | null) => void;
  readonly onPick: (output: number) => void;
}

export function WeightMatrix(props: WeightMatrixProps) {
  const { kernels, groups, cell, focus, last, pinned, onPoint, onPick } = props;
  const { t } = useTranslation('kinds');
  const palette = usePalette();
  const { outputs: rows, inputs: columns, values, connected } = kernels;
  const largest = useMemo(() => values.reduce((most, value) => Math.max(most, Math.abs(value)), 0), [values]);
  const content = useMemo<MatrixContent>(() => {
    const colours = weightColours(groundOf(palette));
    const [reads, writes] = [columns / groups, rows / groups];
    return {
      ...{ rows, columns },
      fillOf: (row, column) => {
        const at = row * columns + column;
        return connected[at] ? { colour: colours(values[at]!, largest).background, alpha: 1 } : null;
      },
      blocks: Array.from({ length: groups }, (_, group) => ({
        rows: { lo: group * writes, hi: (group + 1) * writes - 1 },
        columns: { lo: group * reads, hi: (group + 1) * reads - 1 },
      })),
    };
  }, [rows, columns, values, connected, largest, groups, palette]);
  const marked = cell && cell.row < rows && cell.column < columns ? cell : null;
  const at = marked ? marked.row * columns + marked.column : 0;
  const readout = !marked
    ? t('pointwise.legend', { largest: measured(largest) })
    : connected[at]
      ? t('pointwise.weight', { ...marked, value: measured(values[at]!) })
      : t('wiring.apart', { ...marked });
  return (
    <ChannelMatrix
      content={content}
      label={t('pointwise.matrix', { rows, columns })}
      readout={readout}
      at={marked}
      pinned={pinned}
      row={marked?.row ?? (focus.level === last ? focus.channel : null)}
      column={marked?.column ?? (focus.level === 0 ? focus.channel : null)}
      onPoint={onPoint}
      onPick={onPick}
    />
  );
}
