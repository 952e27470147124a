/**
 * The layer card is the constructor call itself: the code line and the controls are one thing, read from and written to the same
 * layer.
 */
import { useTranslation } from 'react-i18next';
import { Panel } from '../../components/Panel.tsx';
import { ChannelSlider } from './ChannelSlider.tsx';
import { CodeLine } from './CodeLine.tsx';
import { CopyMenu } from './CopyMenu.tsx';
import { KindSelect } from './KindSelect.tsx';
import './layer.css';
import { ModeRow } from './ModeRow.tsx';
import { OutputSize } from './OutputSize.tsx';
import { PaddingSliders } from './PaddingSliders.tsx';
import { PairSliders } from './PairSliders.tsx';
import { useDragStep } from './useDragStep.ts';
import { useConv, useConvContext, useLayerChange } from './useLayer.ts';

export function LayerPanel() {
  const { t } = useTranslation();
  return (
    <Panel token="weights" title={t('layer.title')} meta="Conv2d" end={<CopyMenu />} className="layer-panel">
      <LayerControls isCard />
    </Panel>
  );
}

/**
 * The card without its frame, for the phone's sheet: there the copy menu and the output size stand among the controls. Beside a card
 * they stand in its heading and over the maps, whose size is worked out.
 */
export function LayerControls({ isCard = false }: { readonly isCard?: boolean }) {
  const conv = useConv();
  const context = useConvContext();
  const { change, moved } = useLayerChange();
  const startDrag = useDragStep();
  const common = { conv, context, change };
  return (
    <div className="layer-controls" onPointerDownCapture={startDrag}>
      {isCard ? null : (
        <div className="layer-copy-row">
          <CopyMenu />
        </div>
      )}
      <KindSelect />
      <CodeLine />
      <PairSliders {...common} attribute="kernelSize" hasMoved={moved.has('kernelSize')} />
      <PairSliders {...common} attribute="stride" hasMoved={moved.has('stride')} />
      <PaddingSliders {...common} hasMoved={moved.has('padding')} />
      <PairSliders {...common} attribute="dilation" hasMoved={moved.has('dilation')} />
      <ChannelSlider {...common} attribute="groups" hasMoved={moved.has('groups')} />
      <ChannelSlider {...common} attribute="outChannels" hasMoved={moved.has('outChannels')} />
      <ModeRow paddingMode={conv.paddingMode} bias={conv.bias} change={change} hasMoved={moved.has('paddingMode')} />
      {isCard ? null : <OutputSize />}
    </div>
  );
}
