/** How a kind works, drawn for the layer as it stands: each kind has a figure of its own, loaded when it is looked at. */
import { lazy, Suspense, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Panel } from '../components/Panel.tsx';
import { SegmentedControl } from '../components/SegmentedControl.tsx';
import { Skeleton } from '../components/Skeleton.tsx';
import { useResults } from '../session.tsx';
import type { FigureProps } from './figures/figure.ts';

const ChannelsFigure = lazy(async () => ({
  default: (await import('./figures/channels/ChannelsFigure.tsx')).ChannelsFigure,
}));
const DeformableFigure = lazy(async () => ({
  default: (await import('./figures/deformable/DeformableFigure.tsx')).DeformableFigure,
}));
const DilatedFigure = lazy(async () => ({
  default: (await import('./figures/dilated/DilatedFigure.tsx')).DilatedFigure,
}));
const FullFigure = lazy(async () => ({
  default: (await import('./figures/full/FullFigure.tsx')).FullFigure,
}));
const PartsFigure = lazy(async () => ({
  default: (await import('./figures/PartsFigure.tsx')).PartsFigure,
}));
const PointwiseFigure = lazy(async () => ({
  default: (await import('./figures/pointwise/PointwiseFigure.tsx')).PointwiseFigure,
}));
const SpatialFigure = lazy(async () => ({
  default: (await import('./figures/spatial/SpatialFigure.tsx')).SpatialFigure,
}));
const TransposedFigure = lazy(async () => ({
  default: (await import('./figures/transposed/TransposedFigure.tsx')).TransposedFigure,
}));

export function KindFigure() {
  const { t } = useTranslation(['kinds', 'app']);
  const engine = useResults((state) => state.running);
  const output = useResults((state) => state.output);
  const kind = output?.kind?.from === 'bank' ? output.kind : null;
  const [view, setView] = useState<'figure' | 'parts'>('figure');
  // A layer of several operators can be followed from one to the next.
  const hasParts = kind != null && kind.nodes.length > 1 && kind.state.kind !== 'linear';
  const isParts = hasParts && view === 'parts';
  return (
    <Panel
      token="weights"
      title={t('figure')}
      {...(kind ? { meta: t(`app:layer.kinds.${kind.state.kind}`) } : {})}
      {...(hasParts && {
        end: (
          <SegmentedControl
            label={t('figureView')}
            value={view}
            onChange={setView}
            options={[
              { value: 'figure', label: t('wholeView') },
              { value: 'parts', label: t('partsView') },
            ]}
          />
        ),
      })}
      className="kind-figure"
    >
      {engine && output && kind ? (
        // Keyed as a whole: a figure that is only hidden while the next is loaded would go on with maps that are freed.
        <Suspense key={`${isParts || kind.state.kind} ${engine.description.kind}`} fallback={<Skeleton />}>
          {isParts ? (
            <PartsFigure engine={engine} output={output} kind={kind} />
          ) : (
            <FigureOf engine={engine} output={output} kind={kind} />
          )}
        </Suspense>
      ) : (
        <Skeleton />
      )}
    </Panel>
  );
}

function FigureOf(props: FigureProps) {
  const { kind } = props.kind.state;
  switch (kind) {
    case 'transposed':
      return <TransposedFigure {...props} />;
    case 'locally_connected':
    case 'linear':
      return <FullFigure {...props} />;
    case 'deformable':
      return <DeformableFigure {...props} />;
    case 'standard':
    case 'grouped':
    case 'depthwise':
    case 'separable':
    case 'shuffled':
      return <ChannelsFigure {...props} />;
    case 'pointwise':
      return <PointwiseFigure {...props} />;
    case 'spatially_separable':
      return <SpatialFigure {...props} />;
    case 'dilated':
      return <DilatedFigure {...props} />;
    default:
      return kind satisfies never;
  }
}
