/** What the unit in focus sees: its field on the photo, in numbers and on every layer between; and which unit sees a given part of the photo. */
import { SquareDashedMousePointer } from 'lucide-react';
import { useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { nestedFields } from '../../../graph/field/growth.ts';
import type { Field } from '../../../graph/field/receptiveField.ts';
import { fieldLayers } from '../../../store/effectView.ts';
import { nestedBoxes } from '../../../views/network/context/nestedBoxes.ts';
import { IconButton } from '../../components/Button.tsx';
import { Panel } from '../../components/Panel.tsx';
import { SegmentedControl } from '../../components/SegmentedControl.tsx';
import { Toggle } from '../../components/Toggle.tsx';
import { useWorkspace } from '../../session.tsx';
import { pinnedUnit, usePin } from '../network.tsx';
import './context.css';
import { Alterations } from './effect/alteration/Alterations.tsx';
import { EffectSection } from './effect/EffectSection.tsx';
import { GrowthChart } from './effect/GrowthChart.tsx';
import { useEffectChoice } from './effect/useEffectChoice.ts';
import { useEffectNetwork } from './effect/useEffectNetwork.ts';
import { useGrowth } from './effect/useGrowth.ts';
import { useUnitEffect } from './effect/useUnitEffect.ts';
import { FieldNumbers } from './FieldNumbers.tsx';
import { LayerCrops } from './LayerCrops.tsx';
import { LayerFacts } from './LayerFacts.tsx';
import { FieldPhoto } from './photo/FieldPhoto.tsx';
import { FindLayer } from './photo/FindLayer.tsx';
import { HeatVeil } from './photo/HeatVeil.tsx';
import { useDrawnBox } from './photo/useDrawnBox.ts';
import { useFound } from './photo/useFound.ts';
import { type Seen, useSeen } from './useSeen.ts';

export function ContextPanel() {
  const { t } = useTranslation('network');
  const seen = useSeen();
  const unit = seen?.unit;
  return (
    <Panel
      token="field"
      title={t('context.title')}
      meta={unit ? t('context.unit', { layer: unit.layer, row: unit.y, column: unit.x }) : ''}
      className="context-panel"
    >
      {seen ? <Context seen={seen} /> : <p className="muted">{t('context.waiting')}</p>}
    </Panel>
  );
}

function Context({ seen }: { readonly seen: Seen }) {
  const { t } = useTranslation('network');
  const { plan } = seen;
  const [isNested, setIsNested] = useState(false);
  const [isDrawing, setIsDrawing] = useState(false);
  const { found, find, forget } = useFound(plan);
  const pin = usePin();
  const drawing = useDrawnBox(plan.picture);
  const nested = useNested(seen, isNested);
  const pinned = pinnedUnit(
    plan,
    useWorkspace((state) => state.workspace.view.network),
  );
  const [choice, choose] = useEffectChoice();
  const { shown, over, draws, seed, measure } = choice;
  const question = { ...pinned, over, draws, seed, measure };
  const measured = useEffectNetwork(plan, choice);
  const unitEffect = useUnitEffect(measured.network, shown === 'box' ? null : question);
  const growth = useGrowth(plan, measured.network, question);
  const { effect, isStale } = unitEffect;
  const isPinned = seen.unit.layer === pinned.layer && seen.unit.y === pinned.y && seen.unit.x === pinned.x;
  const veil = shown !== 'box' && !isDrawing && !isStale && isPinned ? effect : null;
  const stopDrawing = () => {
    setIsDrawing(false);
    forget();
    drawing.clear();
  };
  const findAndPin = (box: Field) => {
    const { result } = find(box);
    if (result.kind !== 'covered') return;
    const [, channels] = plan.shapes[result.id]!;
    pin({ layer: result.id, channel: Math.min(seen.unit.channel, channels - 1), ...result.unit });
  };
  return (
    <>
      <FieldPhoto
        seen={seen}
        hasBox={(shown !== 'effective' && !isDrawing) || found?.result.kind === 'covered'}
        nested={nested}
        drawing={isDrawing ? drawing : null}
        onDrawn={findAndPin}
        onStopDrawing={stopDrawing}
      >
        {veil && <HeatVeil map={veil.map} />}
      </FieldPhoto>
      <div className="context-tools">
        <SegmentedControl
          label={t('context.shown')}
          value={shown}
          options={fieldLayers.map((value) => ({ value, label: t(`context.showns.${value}`) }))}
          onChange={(next) => choose({ shown: next })}
        />
        <Toggle label={t('context.nested')} hint={t('context.nestedHint')} checked={isNested} onChange={setIsNested} />
        <IconButton
          label={t('context.drawBox')}
          size="small"
          icon={<SquareDashedMousePointer size={15} aria-hidden="true" />}
          aria-pressed={isDrawing}
          onClick={() => (isDrawing ? stopDrawing() : setIsDrawing(true))}
        />
      </div>
      {isDrawing && <FindLayer found={found} />}
      <FieldNumbers seen={seen} />
      {shown !== 'box' && (
        <EffectSection
          choice={choice}
          onChoose={choose}
          seed={plan.state.weights.seed}
          measured={measured}
          unitEffect={unitEffect}
        />
      )}
      <LayerCrops seen={seen} />
      {shown !== 'box' && <GrowthChart growth={growth} />}
      {shown !== 'box' && (
        <Alterations network={measured.network} question={question} compared={choice.compared} onChoose={choose} />
      )}
      <LayerFacts />
    </>
  );
}

/** Rows of the photo that a name takes, as a share of its height. */
const nameRoom = 0.06;

/** Of the pinned unit: a large network's take longer than a pointer may wait. */
function useNested({ plan }: Seen, isNested: boolean) {
  const view = useWorkspace((state) => state.workspace.view.network);
  return useMemo(() => {
    if (!isNested) return null;
    const { layer, y, x } = pinnedUnit(plan, view);
    return nestedBoxes(nestedFields(plan.graph, plan.shapes, layer, { y, x }), nameRoom * plan.picture.height);
  }, [plan, view, isNested]);
}
