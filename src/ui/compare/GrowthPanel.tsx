/** How each column's price grows with the kernel, the channels and the image, the others kept: four charts with one axis of cost. */
import { useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { columnSizes } from '../../graph/growth/columnSizes.ts';
import { type CostMeasure, type Growth, growthOf } from '../../graph/growth/growth.ts';
import { type GrowthVariable, growthVariables } from '../../graph/growth/sizes.ts';
import { channelChoicesOfCompare } from '../../store/compare.ts';
import { Panel } from '../components/Panel.tsx';
import { SegmentedControl } from '../components/SegmentedControl.tsx';
import { useResults, useWorkspace } from '../session.tsx';
import { useComparison } from './comparison.tsx';
import { type Curve, GrowthChart } from './GrowthChart.tsx';

const measures = ['macs', 'parameters', 'activationBytes'] as const satisfies readonly CostMeasure[];
type Measure = (typeof measures)[number];
const scales = ['linear', 'log'] as const;

export function GrowthPanel() {
  const { t } = useTranslation('compare');
  const [measure, setMeasure] = useState<Measure>('macs');
  const [scale, setScale] = useState<(typeof scales)[number]>('linear');
  const curves = useCurves(measure);
  const change = useChange();
  const highest = Math.max(
    1,
    ...Object.values(curves).flatMap((of) => of.flatMap(({ points }) => points.map(([, cost]) => cost))),
  );
  return (
    <Panel
      token="maps"
      title={t('growth.title')}
      className="compare-growth"
      end={
        <>
          <SegmentedControl<Measure>
            label={t('growth.measure')}
            value={measure}
            onChange={setMeasure}
            options={measures.map((value) => ({ value, label: t(`growth.measures.${value}`) }))}
          />
          <SegmentedControl
            label={t('growth.scale')}
            value={scale}
            onChange={setScale}
            options={scales.map((value) => ({ value, label: t(`growth.scales.${value}`) }))}
          />
        </>
      }
    >
      <div className="growth-charts">
        {growthVariables.map((variable) => (
          <GrowthChart
            key={variable}
            name={t(`growth.variables.${variable}`)}
            curves={curves[variable]}
            isLog={scale === 'log'}
            highest={highest}
            measure={measure}
            {...change(variable)}
          />
        ))}
      </div>
    </Panel>
  );
}

/** The curves of all columns for each variable; a column without such a size has none. */
function useCurves(measure: Measure): Readonly<Record<GrowthVariable, readonly Curve[]>> {
  const { columns, outChannels } = useWorkspace((state) => state.workspace.compare);
  const shape = useComparison((state) => state.plan?.stem.shape);
  const growths = useMemo(() => {
    if (!shape) return [];
    return columns.map((column) => {
      const layer = columnSizes({ column, input: shape, outChannels });
      return growthVariables.map((variable) => growthOf(layer, variable));
    });
  }, [columns, outChannels, shape]);
  return useMemo(() => {
    const of = (variable: number): readonly Curve[] =>
      growths.flatMap((each, place) => {
        const growth = each[variable];
        return growth ? [curveOf(growth, measure, place)] : [];
      });
    return { kernel: of(0), inChannels: of(1), outChannels: of(2), side: of(3) };
  }, [growths, measure]);
}

function curveOf({ points, at }: Growth, measure: Measure, place: number): Curve {
  return { place, at, points: points.map(({ value, cost }) => [value, cost[measure]]) };
}

/** What dragging the marker of a chart does: the kernels of all columns, the bank's or the outputs' channels, the photo's size. */
function useChange() {
  const setCompare = useWorkspace((state) => state.setCompare);
  const setInput = useWorkspace((state) => state.setInput);
  const compare = useWorkspace((state) => state.workspace.compare);
  const picture = useResults((state) => state.picture);
  return (variable: GrowthVariable) => {
    switch (variable) {
      case 'kernel':
        return {
          value: compare.columns[0]?.kernelSize ?? 3,
          values: [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11],
          onChange: (kernelSize: number) =>
            setCompare('growth/kernel', (now) => ({
              ...now,
              columns: now.columns.map((column) => ({ ...column, kernelSize })),
            })),
        };
      case 'inChannels':
        return {
          value: compare.stem.channels,
          values: channelChoicesOfCompare,
          onChange: (channels: number) =>
            setCompare('growth/inChannels', (now) => ({ ...now, stem: { ...now.stem, channels } })),
        };
      case 'outChannels':
        return {
          value: compare.outChannels,
          values: channelChoicesOfCompare,
          onChange: (outChannels: number) => setCompare('growth/outChannels', (now) => ({ ...now, outChannels })),
        };
      case 'side': {
        const full = Math.max(picture?.fullWidth ?? 16, picture?.fullHeight ?? 16);
        return {
          value: picture?.width ?? 256,
          values: [32, 64, 128, 192, 256, 384, 512, 768, 1024].filter((side) => side <= Math.max(full, 32)),
          onChange: (side: number) => setInput({ workingSize: Math.min(full, side) }),
        };
      }
      default:
        variable satisfies never;
        throw new Error('unknown variable');
    }
  };
}
