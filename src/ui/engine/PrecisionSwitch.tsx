/** Speed before digits: convolutions of many channels in f16. Offered where the device has it. */
import { useTranslation } from 'react-i18next';
import { canBeFast } from '../../engine/engine.ts';
import { Toggle } from '../components/Toggle.tsx';
import { useResults } from '../session.tsx';
import { preferences, usePreferences } from '../shell/preferences.ts';

export function PrecisionSwitch() {
  const { t } = useTranslation('engine');
  const isOffered = useResults(({ running }) => running !== null && canBeFast(running.description));
  const isFast = usePreferences(({ precision }) => precision === 'fast');
  if (!isOffered) return null;
  return (
    <div className="engine-precision">
      <Toggle
        label={t('fast')}
        checked={isFast}
        onChange={(checked) => preferences.getState().setPrecision(checked ? 'fast' : 'exact')}
      />
      <p className="muted">{t('fastHint')}</p>
    </div>
  );
}
