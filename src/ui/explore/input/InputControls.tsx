/** All that is chosen about the input, without the photo itself: beside it on wide screens, in the sheet on a phone. */
import { Lock } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { Histogram } from './Histogram.tsx';
import './input.css';
import { NumbersRow } from './NumbersRow.tsx';
import { PaintTools } from './PaintTools.tsx';
import { PhotoSources } from './PhotoSources.tsx';
import { usePaintMode } from './paintMode.ts';
import { Samples } from './Samples.tsx';
import { WorkingSize } from './WorkingSize.tsx';

export function InputControls() {
  const { t } = useTranslation();
  const isPainting = usePaintMode((state) => state.isOn);
  return (
    <div className="input-controls">
      {isPainting && <PaintTools />}
      <NumbersRow />
      {!isPainting && <Histogram />}
      <WorkingSize />
      <PhotoSources />
      <Samples />
      <p className="input-privacy">
        <Lock aria-hidden="true" /> {t('input.privacy')}
      </p>
    </div>
  );
}
