/** Where the offsets come from, and what each way can be told. */
import type { TFunction } from 'i18next';
import { useTranslation } from 'react-i18next';
import type { OffsetPreset } from '../../../../operators/deformConv2d/offsets.ts';
import { Button } from '../../../components/Button.tsx';
import { NumberSlider } from '../../../components/NumberSlider.tsx';
import { SegmentedControl } from '../../../components/SegmentedControl.tsx';
import { SelectMenu } from '../../../components/SelectMenu.tsx';
import { useDragStep } from '../../../explore/layer/useDragStep.ts';
import { useChangeKind } from '../../useKind.ts';
import type { Sampling } from './useSampling.ts';

/** What each preset begins with. */
const presets: Readonly<Record<OffsetPreset['kind'], OffsetPreset>> = {
  none: { kind: 'none' },
  rotate: { kind: 'rotate', degrees: 30 },
  scale: { kind: 'scale', factor: 1.5 },
  shear: { kind: 'shear', amount: 0.5 },
  gradient: { kind: 'gradient' },
};
const presetNames = Object.keys(presets) as readonly OffsetPreset['kind'][];

interface OffsetControlsProps {
  readonly sampling: Sampling;
  readonly hasMask: boolean;
  /** Maps that the offset convolution makes. */
  readonly offsetMaps: number;
}

export function OffsetControls({ sampling, hasMask, offsetMaps }: OffsetControlsProps) {
  const { t } = useTranslation('kinds');
  const onPointerDown = useDragStep();
  const { state, groups, group, setOffsets } = sampling;
  const { offsets } = state;
  const by = {
    hand: t('deformable.by.hand'),
    preset: t('deformable.by.preset'),
    convolution: t('deformable.by.convolution'),
  };
  const choose = (next: keyof typeof by) => {
    if (next === 'hand') sampling.takeInHand();
    else if (next === 'preset') setOffsets(null, { by: next, preset: presets.rotate });
    else setOffsets(null, { by: next });
  };
  return (
    <div className="offset-controls" onPointerDown={onPointerDown}>
      <SegmentedControl
        label={t('deformable.by.label')}
        options={Object.entries(by).map(([value, label]) => ({ value: value as keyof typeof by, label }))}
        value={offsets.by}
        onChange={choose}
      />
      {offsets.by === 'preset' && <Preset preset={offsets.preset} setOffsets={setOffsets} t={t} />}
      {offsets.by === 'hand' && hasMask && (
        <NumberSlider
          name={t('deformable.maskOfTap')}
          label={t('deformable.mask')}
          min={0}
          max={1}
          step={0.01}
          value={Math.round(100 * sampling.selected.point.mask) / 100}
          resetValue={1}
          onChange={(mask) => sampling.setTap('mask', sampling.selected.index, { mask })}
        />
      )}
      {offsets.by === 'hand' && !hasMask && <p className="muted small">{t('deformable.handHint')}</p>}
      {offsets.by === 'convolution' && <Convolution seed={state.weights.seed} maps={offsetMaps} hasMask={hasMask} />}
      {groups > 1 && (
        <div className="offset-row">
          <span>{t('deformable.group')}</span>
          <SelectMenu
            label={t('deformable.group')}
            value={String(group)}
            options={Array.from({ length: groups }, (_, i) => ({
              value: String(i),
              label: t('deformable.groupOf', { index: i, count: groups }),
            }))}
            onChange={(next) => sampling.selectGroup(Number(next))}
          />
        </div>
      )}
      <Button
        size="small"
        disabled={sampling.isRegular && offsets.by !== 'convolution'}
        onClick={() =>
          setOffsets(null, offsets.by === 'preset' ? { by: 'preset', preset: presets.none } : { by: 'hand', taps: [] })
        }
      >
        {t('deformable.reset')}
      </Button>
    </div>
  );
}

interface PresetProps {
  readonly preset: OffsetPreset;
  readonly setOffsets: Sampling['setOffsets'];
  readonly t: TFunction<'kinds'>;
}

function Preset({ preset, setOffsets, t }: PresetProps) {
  const set = (subject: string | null, next: OffsetPreset) => setOffsets(subject, { by: 'preset', preset: next });
  return (
    <>
      <div className="offset-row">
        <span>{t('deformable.preset')}</span>
        <SelectMenu
          label={t('deformable.preset')}
          value={preset.kind}
          options={presetNames.map((value) => ({ value, label: t(`deformable.presets.${value}`) }))}
          onChange={(next) => set(null, presets[next])}
        />
      </div>
      <PresetNumber {...{ preset, set, t }} />
      {preset.kind === 'gradient' && <p className="muted small">{t('deformable.gradientHint')}</p>}
    </>
  );
}

interface PresetNumberProps {
  readonly preset: OffsetPreset;
  readonly set: (subject: string, next: OffsetPreset) => void;
  readonly t: TFunction<'kinds'>;
}

function PresetNumber({ preset, set, t }: PresetNumberProps) {
  const named = (name: string) => ({ name, label: name });
  switch (preset.kind) {
    case 'none':
    case 'gradient':
      return null;
    case 'rotate':
      return (
        <NumberSlider
          {...named(t('deformable.degrees'))}
          {...{ min: -180, max: 180, unit: '°', value: preset.degrees, resetValue: 0 }}
          onChange={(degrees) => set('degrees', { kind: 'rotate', degrees })}
        />
      );
    case 'scale':
      return (
        <NumberSlider
          {...named(t('deformable.factor'))}
          {...{ min: 0, max: 4, typedMax: 8, step: 0.05, value: preset.factor, resetValue: 1 }}
          onChange={(factor) => set('factor', { kind: 'scale', factor })}
        />
      );
    case 'shear':
      return (
        <NumberSlider
          {...named(t('deformable.amount'))}
          {...{ min: -2, max: 2, typedMax: 4, step: 0.05, value: preset.amount, resetValue: 0 }}
          onChange={(amount) => set('amount', { kind: 'shear', amount })}
        />
      );
    default:
      return preset satisfies never;
  }
}

interface ConvolutionProps {
  readonly seed: number;
  readonly maps: number;
  readonly hasMask: boolean;
}

function Convolution({ seed, maps, hasMask }: ConvolutionProps) {
  const { t } = useTranslation('kinds');
  const change = useChangeKind();
  return (
    <>
      <p className="muted small">
        {t(hasMask ? 'deformable.convolutionMaskHint' : 'deformable.convolutionHint', { maps, seed })}
      </p>
      <Button
        size="small"
        onClick={() =>
          change(null, (kind) => ({ ...kind, weights: { ...kind.weights, seed: (kind.weights.seed + 1) >>> 0 } }))
        }
      >
        {t('deformable.draw')}
      </Button>
    </>
  );
}
