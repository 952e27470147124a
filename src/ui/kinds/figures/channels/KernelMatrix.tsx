/** The sizes of the kernels between channels as a matrix: amber as strong as the kernel, bare where nothing is connected. */
import { useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { sliceNorms } from '../../../../graph/channelKernels.ts';
import { measured } from '../../../../math/format.ts';
import type { DiagramChannel } from '../../../../views/connectivity/through.ts';
import { SegmentedControl } from '../../../components/SegmentedControl.tsx';
import { usePalette } from '../../../theme/usePalette.ts';
import { ChannelMatrix } from '../matrix/ChannelMatrix.tsx';
import type { Cell, MatrixContent } from '../matrix/matrixDrawing.ts';
import type { MatrixPart } from './channelParts.ts';

interface KernelMatrixProps {
  readonly parts: readonly MatrixPart[];
  readonly cell: Cell | null;
  /** The channel in focus in the diagram, whose column of outputs is `last`. */
  readonly focus: DiagramChannel;
  readonly last: number;
  readonly pinned: number;
  readonly onPoint: (cell: Cell | null, channel: DiagramChannel | null) => void;
  readonly onPick: (output: number) => void;
}

export function KernelMatrix({ parts, cell, focus, last, pinned, onPoint, onPick }: KernelMatrixProps) {
  const { t } = useTranslation('kinds');
  const palette = usePalette();
  const [chosen, setChosen] = useState<MatrixPart['of']>('whole');
  const part = parts.find(({ of }) => of === chosen) ?? parts[0]!;
  const { kernels, blocks, conv } = part;
  const { outputs: rows, inputs: columns } = kernels;
  const norms = useMemo(() => sliceNorms(kernels), [kernels]);
  const largest = useMemo(() => norms.reduce((most, norm) => Math.max(most, norm), 0), [norms]);
  const content = useMemo<MatrixContent>(
    () => ({
      ...{ rows, columns, blocks },
      fillOf: (row, column) => {
        const at = row * columns + column;
        if (!kernels.connected[at]) return null;
        return { colour: palette.weights, alpha: largest > 0 ? norms[at]! / largest : 0 };
      },
    }),
    [rows, columns, blocks, kernels, norms, largest, palette],
  );
  // Which columns of the diagram the matrix stands between.
  const from = part.of === 'second' ? last - 1 : 0;
  const to = part.of === 'first' ? 1 : last;
  const isMarked = cell && cell.row < rows && cell.column < columns ? cell : null;
  const value = isMarked && norms[isMarked.row * columns + isMarked.column]!;
  const isConnected = isMarked && kernels.connected[isMarked.row * columns + isMarked.column] === 1;
  const size = conv ? `${conv.kernelSize[0]} × ${conv.kernelSize[1]}` : t('wiring.bothLayers');
  const readout = !isMarked
    ? t('wiring.legend', { size, largest: measured(largest) })
    : isConnected
      ? t('wiring.norm', { ...isMarked, value: measured(value ?? 0) })
      : t('wiring.apart', { row: isMarked.row, column: isMarked.column });
  return (
    <div className="kernel-matrix">
      {parts.length > 1 && (
        <SegmentedControl<MatrixPart['of']>
          label={t('wiring.matrixOf')}
          value={part.of}
          options={parts.map(({ of }) => ({ value: of, label: t(`wiring.parts.${of}`) }))}
          onChange={setChosen}
        />
      )}
      <ChannelMatrix
        content={content}
        label={t('wiring.matrix', { rows, columns })}
        readout={readout}
        at={isMarked}
        pinned={to === last ? pinned : null}
        row={isMarked?.row ?? (focus.level === to ? focus.channel : null)}
        column={isMarked?.column ?? (focus.level === from ? focus.channel : null)}
        onPoint={(next) => onPoint(next, next && { level: to, channel: next.row })}
        onPick={(row) => {
          if (to === last) onPick(row);
        }}
      />
    </div>
  );
}
