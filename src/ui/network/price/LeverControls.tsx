/** The levers themselves: two sliders, the groups, and which step of sub-sampling is taken where. */
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { type Levers, sidesOf } from '../../../graph/price/levers.ts';
import type { Network } from '../../../graph/price/refit.ts';
import { type SubsamplingStep, subsamplingSteps } from '../../../graph/price/subsampling.ts';
import { NumberSlider } from '../../components/NumberSlider.tsx';
import { SelectMenu } from '../../components/SelectMenu.tsx';

interface LeverControlsProps {
  readonly network: Network;
  readonly levers: Levers;
  /** The longest side that the picture can have: the photo is never made larger. */
  readonly longest: number;
  readonly onChange: (levers: Levers) => void;
}

const groupChoices = [1, 2, 4, 8, 16, 32] as const;
const asIs = 'as-is';
const leftOut = 'left-out';

export function LeverControls({ network, levers, longest, onChange }: LeverControlsProps) {
  const { t } = useTranslation('network');
  const longer = Math.max(...sidesOf(network));
  return (
    <div className="levers-controls">
      <NumberSlider
        name={t('levers.size')}
        label={t('levers.size')}
        hint={{ text: t('levers.sizeHint') }}
        unit="px"
        value={levers.size ?? longer}
        min={Math.min(32, longer)}
        max={Math.max(longest, longer)}
        resetValue={longer}
        logarithmic
        onChange={(next) => onChange({ ...levers, size: next === longer ? null : next })}
      />
      <NumberSlider
        name={t('levers.width')}
        label={t('levers.width')}
        hint={{ text: t('levers.widthHint') }}
        unit="×"
        value={levers.width}
        min={0.1}
        max={2}
        step={0.05}
        resetValue={1}
        onChange={(next) => onChange({ ...levers, width: Math.round(next * 100) / 100 })}
      />
      <div className="levers-choice">
        <span>{t('levers.groups')}</span>
        <SelectMenu
          label={t('levers.groups')}
          hint={t('levers.groupsHint')}
          value={levers.groups === null ? asIs : String(levers.groups)}
          options={[
            { value: asIs, label: t('levers.groupsAsIs') },
            ...groupChoices.map((groups) => ({ value: String(groups), label: String(groups) })),
          ]}
          onChange={(next) => onChange({ ...levers, groups: next === asIs ? null : Number(next) })}
        />
      </div>
      <Subsampling network={network} levers={levers} onChange={onChange} />
    </div>
  );
}

function Subsampling({ network, levers, onChange }: Omit<LeverControlsProps, 'longest'>) {
  const { t } = useTranslation('network');
  const steps = useMemo(() => subsamplingSteps(network), [network]);
  const { subsampling } = levers;
  const nameOf = ({ nodes, stride, size }: SubsamplingStep) =>
    t('levers.step', { layer: nodes[0]!, stride: Math.max(...stride), height: size[0], width: size[1] });
  const set = (from: string, to: string) => {
    const target = to === leftOut ? null : Number(to);
    onChange({ ...levers, subsampling: from === asIs ? null : { from: Number(from), to: target } });
  };
  const target = subsampling?.to ?? null;
  return (
    <div className="levers-choice">
      <span title={t('levers.subsamplingHint')}>{t('levers.subsampling')}</span>
      <SelectMenu
        label={t('levers.from')}
        hint={t('levers.subsamplingHint')}
        value={subsampling ? String(subsampling.from) : asIs}
        options={[
          { value: asIs, label: t('levers.asIs') },
          ...steps.map((step, i) => ({ value: String(i), label: nameOf(step) })),
        ]}
        onChange={(from) => set(from, neighbourOf(Number(from), steps.length))}
      />
      {subsampling && (
        <SelectMenu
          label={t('levers.to')}
          value={target === null ? leftOut : String(target)}
          options={[
            { value: leftOut, label: t('levers.leftOut') },
            ...steps.flatMap((step, i) =>
              i === subsampling.from ? [] : [{ value: String(i), label: `→ ${nameOf(step)}` }],
            ),
          ]}
          onChange={(to) => set(String(subsampling.from), to)}
        />
      )}
    </div>
  );
}

/** The step before, of the first the one behind: a place that every network with two steps has. */
function neighbourOf(from: number, steps: number): string {
  if (from > 0) return String(from - 1);
  return steps > 1 ? '1' : leftOut;
}
