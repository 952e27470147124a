/** One layer's weight matrix with its counts, what the chosen row reads of the photo, and which outputs read the chosen column. */
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { mapOf, matrixOf, type SmallLayer } from '../../../../graph/shift/threeLayers.ts';
import { exactCount, measured, siCount } from '../../../../math/format.ts';
import type { HostTensor } from '../../../../operators/operator.ts';
import { matrixPicture, parameterAt, readByRow, readersOfColumn } from '../../../../views/matrix/matrixPicture.ts';
import { usePalette } from '../../../theme/usePalette.ts';
import { Cells, Lit } from './Cells.tsx';
import { greyPicture, largestOf, matrixColours, signedPicture } from './colours.ts';
import { type Cell, MatrixView } from './MatrixView.tsx';

interface MatrixColumnProps {
  readonly layer: SmallLayer;
  readonly photo: HostTensor<Float32Array>;
  /** What is lit: the cell under the pointer, else the chosen one. */
  readonly cell: Cell;
  readonly chosen: Cell;
  readonly scale: number;
  /** Weights on the whole photo; null until there is one. */
  readonly fullSize: number | null;
  readonly fullShapes: string;
  readonly onHover: (cell: Cell | null) => void;
  readonly onChoose: (cell: Cell) => void;
}

export function MatrixColumn(props: MatrixColumnProps) {
  const { layer, photo, cell, chosen, scale, fullSize, fullShapes, onHover, onChoose } = props;
  const { t } = useTranslation('kinds');
  const palette = usePalette();
  const name = t(`full.layers.${layer.kind}`);
  const [, , height, width] = photo.shape;
  const [, , rows, columns] = layer.shapes[layer.shown]!;
  const matrix = useMemo(() => matrixOf(layer), [layer]);
  const picture = useMemo(
    () => matrixPicture(matrix, layer.weight, matrixColours(layer.weight, palette)),
    [matrix, layer, palette],
  );
  const input = useMemo(() => greyPicture(photo.values, width, height, palette), [photo, width, height, palette]);
  const output = useMemo(() => {
    const { values } = mapOf(layer, photo);
    return signedPicture(values, columns, rows, largestOf(values), palette);
  }, [layer, photo, columns, rows, palette]);
  const read = useMemo(() => readByRow(matrix, cell.row), [matrix, cell.row]);
  const readers = useMemo(() => readersOfColumn(matrix, cell.column), [matrix, cell.column]);
  const parameter = parameterAt(matrix, cell.row, cell.column);
  const weight = parameter === null ? null : layer.weight[parameter]!;
  const [inputs, outputs] = [height * width, rows * columns];
  const connections = matrix.entries.rows.length;
  return (
    <section className="matrix-column" aria-label={name}>
      <h3>
        {name} <span className="muted">{t(`full.wiring.what.${layer.kind}`)}</span>
      </h3>
      <div className="matrix-row">
        <MatrixView
          {...{ matrix, picture, cell, chosen, scale, onHover, onChoose }}
          lines={{ row: width, column: columns }}
          label={t('full.wiring.picture', { layer: name, rows: outputs, columns: inputs, connections })}
          keys={t('full.wiring.keys', { layer: name })}
        />
        <div className="matrix-grids">
          <figure>
            <Cells
              {...{ rgba: input, width, height }}
              onPoint={(column) => onHover(column === null ? null : { ...chosen, column })}
              onPress={(column) => onChoose({ ...chosen, column })}
              label={t('full.wiring.input', { layer: name, row: cell.row, number: read.size, of: inputs })}
            >
              <Lit isLit={(at) => read.has(at)} {...{ width, height }} />
            </Cells>
            <figcaption>
              <b className="of-row mono">{cell.row}</b> {t('full.wiring.reads')}{' '}
              <span className="mono">
                {read.size}/{inputs}
              </span>
            </figcaption>
          </figure>
          <figure>
            <Cells
              rgba={output}
              onPoint={(row) => onHover(row === null ? null : { ...chosen, row })}
              onPress={(row) => onChoose({ ...chosen, row })}
              width={columns}
              height={rows}
              label={t('full.wiring.output', { layer: name, column: cell.column, number: readers.size, of: outputs })}
            >
              <Lit isLit={(at) => readers.has(at)} width={columns} height={rows} />
            </Cells>
            <figcaption>
              <b className="of-column mono">{cell.column}</b> {t('full.wiring.readers')}{' '}
              <span className="mono">
                {readers.size}/{outputs}
              </span>
            </figcaption>
          </figure>
          <p className="mono matrix-weight">
            {weight === null ? t('full.wiring.none') : t('full.wiring.weight', { value: measured(weight) })}
          </p>
        </div>
      </div>
      <dl className="matrix-counts">
        <div>
          <dt>{t('full.wiring.connections')}</dt>
          <dd className="mono">{exactCount(connections)}</dd>
        </div>
        <div>
          <dt>{t('full.wiring.weights')}</dt>
          <dd className="mono">{exactCount(layer.weight.length)}</dd>
        </div>
        {fullSize !== null && (
          <div title={`${fullShapes}: ${exactCount(fullSize)}`}>
            <dt>{t('full.wiring.atFullSize')}</dt>
            <dd className="mono">{siCount(fullSize)}</dd>
          </div>
        )}
      </dl>
    </section>
  );
}
