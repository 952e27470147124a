/**
 * Explore: input, layer and kernels, response maps; below them the dot product of the pinned unit and the price. Three widths: three
 * columns; input over maps beside the layer; and a phone, where the controls stand in a bottom sheet under photo and maps.
 */
import { lazy, type ReactNode, Suspense, useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { EdgeFade } from '../components/EdgeFade.tsx';
import { Sheet, type SheetHeight } from '../components/Sheet.tsx';
import { Skeleton } from '../components/Skeleton.tsx';
import { Tabs, tabPanel } from '../components/Tabs.tsx';
import { phone, useMedia } from './canvas/useMedia.ts';
import { CostBar } from './cost/CostBar.tsx';
import './explore.css';
import { loadWords } from '../../i18n/index.ts';
import { type Explored, exploredOf } from '../../store/explored.ts';
import { usePointer, useWorkspace } from '../session.tsx';
import { InputControls } from './input/InputControls.tsx';
import { InputPanel } from './input/InputPanel.tsx';
import { InputPicture } from './input/InputPicture.tsx';
import { usePaintMode } from './input/paintMode.ts';
import { LayerControls, LayerPanel } from './layer/LayerPanel.tsx';
import { MapsPanel } from './maps/MapsPanel.tsx';
import { MapsToolbar } from './maps/MapsToolbar.tsx';
import { useStale } from './useStale.ts';

const KernelsPanel = lazy(async () => ({ default: (await import('./kernels/KernelsPanel.tsx')).KernelsPanel }));
const DotProductPanel = lazy(async () => ({ default: (await import('./dot/DotProductPanel.tsx')).DotProductPanel }));

/** The panels of a layer of another kind, with their words. */
const loadKinds = async () => {
  const [panels] = await Promise.all([
    import('../kinds/index.tsx'),
    loadWords('kinds'),
    loadWords('compare'),
    loadWords('code'),
  ]);
  return panels;
};
const KindCard = lazy(async () => ({ default: (await loadKinds()).KindCard }));
const KindControls = lazy(async () => ({ default: (await loadKinds()).KindControls }));
const KindBelow = lazy(async () => ({ default: (await loadKinds()).KindBelow }));
const CostOfKind = lazy(async () => ({ default: (await loadKinds()).CostOfKind }));

/** The same of a layer of the network. */
const loadNetworkLayer = async () => {
  const [panels] = await Promise.all([import('../networkLayer/index.tsx'), loadWords('network'), loadWords('kinds')]);
  return panels;
};
const NetworkLayerCard = lazy(async () => ({ default: (await loadNetworkLayer()).NetworkLayerCard }));
const NetworkLayerControls = lazy(async () => ({ default: (await loadNetworkLayer()).NetworkLayerControls }));
const LayerBelow = lazy(async () => ({ default: (await loadNetworkLayer()).LayerBelow }));
const CostOfLayer = lazy(async () => ({ default: (await loadNetworkLayer()).CostOfLayer }));

const useExplored = () => useWorkspace(({ workspace }) => exploredOf(workspace));

/** What stands in one place for each of the three that Explore can look at; those that are loaded late may be waited for. */
function useOneOf(waiting: ReactNode, panels: Readonly<Record<Explored, ReactNode>>): ReactNode {
  return <Suspense fallback={waiting}>{panels[useExplored()]}</Suspense>;
}

export function Cost() {
  return useOneOf(<Skeleton />, { convolution: <CostBar />, kind: <CostOfKind />, network: <CostOfLayer /> });
}

export function Below() {
  const panels = { convolution: <DotProductPanel />, kind: <KindBelow />, network: <LayerBelow /> };
  return <div className="explore-dot">{useOneOf(<Skeleton className="panel" />, panels)}</div>;
}

function Card() {
  const panels = { convolution: <KernelsPanel />, kind: <KindCard />, network: <NetworkLayerCard /> };
  return useOneOf(<Skeleton className="panel" />, panels);
}

/** The letter of the cost formula that is pointed at: what it counts (`data-counts`) is lit by style alone. */
export function useLitTerm(): string | undefined {
  return usePointer(({ hover }) => (hover?.on === 'term' ? hover.term : undefined));
}

export function ExploreScreen() {
  return useMedia(phone) ? <PhoneExplore /> : <WideExplore />;
}

function WideExplore() {
  const isPlain = useExplored() === 'convolution';
  return (
    <div className="explore" data-kind={!isPlain || undefined} data-lit={useLitTerm()} data-stale={useStale()}>
      <InputPanel />
      <EdgeFade className="explore-layer">
        <div className="explore-layer-scroll">
          <div className="explore-layer-column">
            {isPlain && <LayerPanel />}
            <Card />
          </div>
        </div>
      </EdgeFade>
      <div className="explore-maps" id="maps" tabIndex={-1}>
        <MapsPanel />
      </div>
      <Below />
      <div className="explore-cost">
        <Cost />
      </div>
    </div>
  );
}

const sheetTabs = ['layer', 'kernels', 'view', 'input'] as const;
type SheetTab = (typeof sheetTabs)[number];

function PhoneExplore() {
  const { t } = useTranslation();
  const [tab, setTab] = useState<SheetTab>('layer');
  const [height, setHeight] = useState<SheetHeight>('middle');
  const isPainting = usePaintMode((state) => state.isOn);
  // The kernels of any other layer stand on its card.
  const tabs: readonly SheetTab[] =
    useExplored() === 'convolution' ? sheetTabs : sheetTabs.filter((value) => value !== 'kernels');
  const shown = tabs.includes(tab) ? tab : 'layer';
  // Who paints must see the photo.
  useEffect(() => {
    if (isPainting) setHeight('middle');
  }, [isPainting]);
  const choose = (next: SheetTab) => {
    setTab(next);
    if (height === 'low') setHeight('middle');
  };
  return (
    <div className="explore-phone" data-sheet={height} data-lit={useLitTerm()} data-stale={useStale()}>
      <section className="explore-photo" aria-label={t('input.title')}>
        <InputPicture />
      </section>
      <div className="explore-maps" id="maps" tabIndex={-1}>
        <MapsPanel />
      </div>
      <Below />
      <Sheet
        label={t('input.sheet.tabs')}
        height={height}
        onHeight={setHeight}
        head={
          <Tabs<SheetTab>
            label={t('input.sheet.tabs')}
            idPrefix="sheet"
            value={shown}
            onChange={choose}
            tabs={tabs.map((value) => ({ value, label: t(`input.sheet.${value}`) }))}
          />
        }
        foot={<Cost />}
      >
        <div {...tabPanel('sheet', shown)} className="sheet-panel" data-tab={shown}>
          <SheetContent tab={shown} />
        </div>
      </Sheet>
    </div>
  );
}

function SheetContent({ tab }: { readonly tab: SheetTab }) {
  switch (tab) {
    case 'layer':
      return <LayerOrKind />;
    case 'kernels':
      return (
        <Suspense fallback={<Skeleton />}>
          <KernelsPanel />
        </Suspense>
      );
    case 'view':
      return <MapsToolbar />;
    case 'input':
      return <InputControls />;
    default:
      return tab satisfies never;
  }
}

/** The controls of what Explore looks at, without a card around them. */
export function LayerOrKind() {
  const panels = { convolution: <LayerControls />, kind: <KindControls />, network: <NetworkLayerControls /> };
  return useOneOf(<Skeleton />, panels);
}
