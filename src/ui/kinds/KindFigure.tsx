/** How a kind works, drawn for the layer as it stands: each kind has a figure of its own, loaded when it is looked at. */
import { lazy, Suspense } from 'react';
import { useTranslation } from 'react-i18next';
import { Panel } from '../components/Panel.tsx';
import { Skeleton } from '../components/Skeleton.tsx';
import { useResults } from '../session.tsx';
import type { FigureProps } from './figures/figure.ts';
import { PartsFigure } from './figures/PartsFigure.tsx';

const ChannelsFigure = lazy(async () => ({
  default: (await import('./figures/channels/ChannelsFigure.tsx')).ChannelsFigure,
}));
const DeformableFigure = lazy(async () => ({
  default: (await import('./figures/deformable/DeformableFigure.tsx')).DeformableFigure,
}));
const FullFigure = lazy(async () => ({
  default: (await import('./figures/full/FullFigure.tsx')).FullFigure,
}));
const PointwiseFigure = lazy(async () => ({
  default: (await import('./figures/pointwise/PointwiseFigure.tsx')).PointwiseFigure,
}));
const TransposedFigure = lazy(async () => ({
  default: (await import('./figures/transposed/TransposedFigure.tsx')).TransposedFigure,
}));

export function KindFigure() {
  const { t } = useTranslation(['kinds', 'app']);
  const engine = useResults((state) => state.running);
  const output = useResults((state) => state.output);
  const kind = output?.kind;
  return (
    <Panel
      token="weights"
      title={t('figure')}
      {...(kind ? { meta: t(`app:layer.kinds.${kind.state.kind}`) } : {})}
      className="kind-figure"
    >
      {engine && output && kind ? (
        <Suspense fallback={<Skeleton />}>
          <FigureOf key={`${kind.state.kind} ${engine.description.kind}`} engine={engine} output={output} kind={kind} />
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
    case 'dilated':
      return <PartsFigure {...props} />;
    default:
      return kind satisfies never;
  }
}
