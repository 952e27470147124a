/** The card of a layer of another kind: what it reads, its code, and all its attributes under PyTorch's names. */
import { useTranslation } from 'react-i18next';
import { writeLayerOfKind } from '../../formats/layerText/kinds/writeLayerOfKind.ts';
import { Panel } from '../components/Panel.tsx';
import { CodeField } from '../explore/layer/CodeLine.tsx';
import { CopyCode } from '../explore/layer/CopyCode.tsx';
import { KindSelect } from '../explore/layer/KindSelect.tsx';
import { useDragStep } from '../explore/layer/useDragStep.ts';
import { KindFields } from './KindFields.tsx';
import { KindSource } from './KindSource.tsx';
import { KindWeights } from './KindWeights.tsx';
import './kinds.css';
import { useKind, useKindPlace } from './useKind.ts';
import { useKindCode, useLayerOfKind } from './useKindCode.ts';

export function KindCard() {
  const { t } = useTranslation();
  return (
    <Panel token="weights" title={t('layer.title')} end={<KindCopy />} className="layer-panel kind-card">
      <KindControls isCard />
    </Panel>
  );
}

/** The card without its frame, for the phone's sheet: there the copy menu stands among the controls. */
export function KindControls({ isCard = false }: { readonly isCard?: boolean }) {
  const { t } = useTranslation('kinds');
  const { kind } = useKind();
  const startDrag = useDragStep();
  const code = useKindCode();
  return (
    <div className="layer-controls kind-controls" onPointerDownCapture={startDrag}>
      <div className="kind-head">
        <KindSelect />
        {!isCard && <KindCopy />}
      </div>
      <p className="muted small">{t(`what.${kind}`)}</p>
      <CodeField {...code} />
      <KindSource />
      <KindFields />
      <KindWeights />
    </div>
  );
}

function KindCopy() {
  const { t } = useTranslation('kinds');
  const { activation } = useKind();
  const { inputSize } = useKindPlace();
  const layer = useLayerOfKind();
  return (
    <CopyCode
      onPrepare={() => undefined}
      write={async (library) => writeLayerOfKind(layer, activation, library, inputSize).text}
      hintOf={(library) =>
        writeLayerOfKind(layer, activation, library, inputSize)
          .notes.map((note) => t(`notes.${note}`))
          .join(' ')
      }
    />
  );
}
