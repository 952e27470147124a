/** All that is chosen about the input, without the photo itself: beside it on wide screens, in the sheet on a phone. */
import { Lock } from 'lucide-react';
import { lazy, Suspense } from 'react';
import { useTranslation } from 'react-i18next';
import { Histogram } from './Histogram.tsx';
import './input.css';
import { NumbersRow } from './NumbersRow.tsx';
import { PhotoSources } from './PhotoSources.tsx';
import { usePaintMode } from './paintMode.ts';
import { Samples } from './Samples.tsx';
import { WorkingSize } from './WorkingSize.tsx';

const PaintTools = lazy(async () => ({ default: (await import('./PaintTools.tsx')).PaintTools }));

export function InputControls() {
  const { t } = useTranslation();
  const isPainting = usePaintMode((state) => state.isOn);
  return (
    <div className="input-controls">
      {isPainting && (
        <Suspense>
          <PaintTools />
        </Suspense>
      )}
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
