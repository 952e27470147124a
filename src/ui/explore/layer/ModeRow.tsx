/** The attributes that are no numbers: padding_mode, bias, and the activation that follows. */
import { useTranslation } from 'react-i18next';
import { activationNames } from '../../../operators/activation/attributes.ts';
import { type Conv2d, paddingModes } from '../../../operators/conv2d/attributes.ts';
import { SelectMenu } from '../../components/SelectMenu.tsx';
import { Toggle } from '../../components/Toggle.tsx';
import { Tooltip } from '../../components/Tooltip.tsx';
import { useSession } from '../../session.tsx';
import { attributeHint } from './ranges.ts';
import { type LayerChange, useActivation } from './useLayer.ts';

export function ModeRow({ conv, change, moved }: LayerChange & { readonly conv: Conv2d }) {
  const { t } = useTranslation();
  const { workspace } = useSession();
  const activation = useActivation();
  const modeHint = attributeHint('paddingMode', t('layer.what.padding_mode'));
  return (
    <div className="layer-modes">
      <div className="layer-mode" data-moved={moved.has('paddingMode')}>
        <Tooltip text={modeHint.text} names={modeHint.names} side="top">
          <span className="mono">padding_mode</span>
        </Tooltip>
        <SelectMenu
          label="padding_mode"
          mono
          options={paddingModes.map((mode) => ({ value: mode, label: mode }))}
          value={conv.paddingMode}
          onChange={(paddingMode) => change({ paddingMode })}
        />
      </div>
      <div className="layer-mode">
        <Toggle
          label={<span className="mono">bias</span>}
          name="bias"
          hint={t('layer.what.bias')}
          checked={conv.bias}
          onChange={(bias) => change({ bias })}
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
}
