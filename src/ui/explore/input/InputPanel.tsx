/** The Input panel of the wide screens: the photo takes the room that its controls leave. */
import { lazy, Suspense } from 'react';
import { useTranslation } from 'react-i18next';
import { loadWords } from '../../../i18n/index.ts';
import { Panel } from '../../components/Panel.tsx';
import { useResults, useWorkspace } from '../../session.tsx';
import { InputControls } from './InputControls.tsx';
import { InputPicture } from './InputPicture.tsx';

const LayerSource = lazy(async () => {
  const [panels] = await Promise.all([
    import('../../networkLayer/index.tsx'),
    loadWords('network'),
    loadWords('kinds'),
  ]);
  return { default: panels.LayerSource };
});

export function InputPanel() {
  const { t } = useTranslation();
  const hasLayer = useWorkspace(({ workspace }) => workspace.networkLayer !== null);
  return (
    <Panel token="input" title={t('input.title')} meta={<InputSize />} className="input-panel">
      {hasLayer && (
        <Suspense>
          <LayerSource />
        </Suspense>
      )}
      <div className="input-stage">
        <InputPicture />
      </div>
      <InputControls />
    </Panel>
  );
}

/** The input tensor's shape: "3 × 300 × 451". */
export function InputSize() {
  const { t } = useTranslation();
  const picture = useResults((state) => state.picture);
  if (!picture) return null;
  const { channels, height, width } = picture;
  return (
    <>
      <span aria-hidden="true">
        <span data-counts="C">{channels}</span> × <span data-counts="H">{height}</span> ×{' '}
        <span data-counts="W">{width}</span>
      </span>
      <span className="sr-only">{t('input.size', { channels, height, width })}</span>
    </>
  );
}
