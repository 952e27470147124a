/** The exact value of the cell that is pointed at or chosen, with steps; for a finger, which has tapped the cell, a field to type in. */
import { Minus, Plus } from 'lucide-react';
import { useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { coarse, useMedia } from '../canvas/useMedia.ts';
import { type Cell, cellIndex, isPoint } from './editWeights.ts';
import { createGestures } from './gestures.ts';
import type { Kernels } from './useKernels.ts';
import { WeightField } from './WeightField.tsx';
import { largestOf } from './weightColours.ts';
import { exactWeight, stepWeight, weightStep } from './weightFormat.ts';

interface CellReadoutProps {
  readonly kernels: Kernels;
  readonly values: Float32Array;
  readonly cell: Cell;
  /** The channel that the cell's slice reads. */
  readonly name: string;
  readonly onEdit: (cell: Cell, value: number, gesture: string) => void;
}

export function CellReadout({ kernels, values, cell, name, onEdit }: CellReadoutProps) {
  const { t } = useTranslation();
  const isTouch = useMedia(coarse);
  const gestures = useRef(createGestures());
  const value = values[cellIndex(cell, kernels.shape.kernelSize)] ?? 0;
  const place = `${cell.slice}/${cell.y}/${cell.x}`;
  const step = (steps: number) => {
    const present = kernels.filters.read(kernels.filter);
    const from = present[cellIndex(cell, kernels.shape.kernelSize)] ?? 0;
    const next = stepWeight(from, steps, weightStep(largestOf(present)));
    onEdit(cell, next, gestures.current.running(place));
  };
  const where = { row: cell.y, column: cell.x };
  const isOnly = isPoint(kernels.shape.kernelSize);
  const full = isOnly
    ? t('kernels.pointOf', { slice: name, number: kernels.filter })
    : t('kernels.weightOf', { slice: name, ...where, number: kernels.filter });
  return (
    <div className="cell-readout">
      <span className="cell-place">
        {isOnly ? t('kernels.slice', { name }) : t('kernels.readout', { slice: name, ...where })}
      </span>
      <span className="cell-stepper">
        <button type="button" aria-label={t('components.decrease', { name: full })} onClick={() => step(-1)}>
          <Minus aria-hidden="true" />
        </button>
        {isTouch ? (
          <WeightField
            key={place}
            name={full}
            value={value}
            onChange={(typed) => onEdit(cell, typed, gestures.current.running(place))}
          />
        ) : (
          <span className="cell-value mono">{exactWeight(value).replace('-', '−')}</span>
        )}
        <button type="button" aria-label={t('components.increase', { name: full })} onClick={() => step(1)}>
          <Plus aria-hidden="true" />
        </button>
      </span>
    </div>
  );
}
