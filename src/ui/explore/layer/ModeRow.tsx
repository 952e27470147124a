/** The attributes that are no numbers: padding_mode, bias, and the activation that follows. */
import { memo } from 'react';
import { useTranslation } from 'react-i18next';
import { activationNames } from '../../../operators/activation/attributes.ts';
import { type PaddingMode, paddingModes } from '../../../operators/conv2d/attributes.ts';
import { SelectMenu } from '../../components/SelectMenu.tsx';
import { Toggle } from '../../components/Toggle.tsx';
import { Tooltip } from '../../components/Tooltip.tsx';
import { useSession } from '../../session.tsx';
import { attributeHint } from './ranges.ts';
import { type ChangeConv, useActivation } from './useLayer.ts';

interface ModeRowProps {
  readonly paddingMode: PaddingMode;
  readonly bias: boolean;
  readonly change: ChangeConv;
  /** True for a moment after padding_mode had to move. */
  readonly hasMoved: boolean;
}

export const ModeRow = memo(function ModeRow({ paddingMode, bias, change, hasMoved }: ModeRowProps) {
  const { t } = useTranslation();
  const { workspace } = useSession();
  const activation = useActivation();
  const modeHint = attributeHint('paddingMode', t('layer.what.padding_mode'));
  return (
    <div className="layer-modes">
      <div className="layer-mode" data-moved={hasMoved}>
        <Tooltip text={modeHint.text} names={modeHint.names} side="top">
          <span className="mono">padding_mode</span>
        </Tooltip>
        <SelectMenu
          label="padding_mode"
          mono
          options={paddingModes.map((mode) => ({ value: mode, label: mode }))}
          value={paddingMode}
          onChange={(mode) => change(() => ({ paddingMode: mode }))}
        />
      </div>
      <div className="layer-mode">
        <Toggle
          label={<span className="mono">bias</span>}
          name="bias"
          hint={t('layer.what.bias')}
          checked={bias}
          onChange={(checked) => change(() => ({ bias: checked }))}
        />
      </div>
      <div className="layer-mode">
        <Tooltip text={t('layer.what.activation')} side="top">
          <span className="mono">activation</span>
        </Tooltip>
        <SelectMenu
          label="activation"
          options={activationNames.map((name) => ({ value: name, label: t(`layer.activations.${name}`) }))}
          value={activation}
          onChange={(name) => workspace.getState().setActivation(name)}
        />
      </div>
    </div>
  );
});
