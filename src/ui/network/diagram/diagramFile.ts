/** The diagram that is on the screen as a figure for a paper: the same blocks, the same scale, the field of the pinned unit. */
import type { useTranslation } from 'react-i18next';
import { exportName } from '../../../formats/exportNames.ts';
import { isArchitectureName } from '../../../graph/architectures/index.ts';
import { type Field, fieldsOf } from '../../../graph/field/receptiveField.ts';
import type { NodeId } from '../../../graph/graph.ts';
import { svgFile } from '../../../live/figureFiles.ts';
import { exactCount, siCount } from '../../../math/format.ts';
import { sizeOf } from '../../../math/intervals.ts';
import { paper } from '../../../views/figure/paper.ts';
import type { DiagramItem } from '../../../views/network/diagram.ts';
import { networkFigure } from '../../../views/network/networkFigure.ts';
import { fieldOf } from '../../../views/network/strip/beam.ts';
import type { StripItem } from '../../../views/network/strip/strip.ts';
import { titleOf } from '../head/families.ts';
import type { LayerUnit } from '../network.tsx';
import type { Diagram } from './useDiagram.ts';

type Translate = ReturnType<typeof useTranslation<'network'>>['t'];

/** Pixels of the figure; about as wide as a page. */
const rowWidth = 1100;

export async function diagramFile({ plan, strip, scale }: Diagram, unit: LayerUnit, t: Translate): Promise<File> {
  const { layer, y, x } = unit;
  const fields = fieldsOf(plan.graph, plan.shapes, layer, { h: { lo: y, hi: y }, w: { lo: x, hi: x } });
  const { parameters, macs } = plan.price.totals;
  const figure = networkFigure(
    {
      title: isArchitectureName(plan.state.layers) ? titleOf(plan.state.layers) : t('head.own'),
      subtitle: t('diagram.figure.subtitle', {
        input: plan.input.slice(1).join('×'),
        parameters: exactCount(parameters),
        macs: siCount(macs),
      }),
      items: strip.items.flatMap((item) => itemOf(item, fields, t)),
      notes: (factor) => [
        t(`diagram.figure.${scale}`, { factor }),
        t('diagram.figure.colours', { layer, row: y, column: x }),
      ],
    },
    { scale, rowWidth },
    paper,
  );
  return svgFile(figure, exportName('networkSvg', plan.photo.name));
}

/** Nothing where there are no maps of its own. */
function itemOf(item: StripItem, fields: Readonly<Record<NodeId, Field>>, t: Translate): readonly DiagramItem[] {
  const { stage, shape, map, glyph } = item;
  if (!shape || !map) return [];
  const [, channels, height, width] = shape;
  const field = fieldOf(item, fields);
  const isPicture = stage.operator?.kind === 'input';
  return [
    {
      id: stage.id,
      kind: isPicture ? 'input' : stage.block === null ? 'layer' : 'folded',
      label: isPicture ? t('diagram.photo') : stage.id,
      lines: [
        ...(stage.block === null ? [] : [t('diagram.layers', { count: stage.members.length })]),
        `${channels}×${height}×${width}`,
      ],
      ...{ channels, height, width, field },
      kernels:
        glyph?.kind === 'kernels'
          ? { count: glyph.count, channels: glyph.slices, height: glyph.size[0], width: glyph.size[1] }
          : null,
      fieldText: field && `${sizeOf(field.h)}×${sizeOf(field.w)}`,
    },
  ];
}
