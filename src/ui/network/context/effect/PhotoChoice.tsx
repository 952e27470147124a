/** Which photos an effective field is the mean over: this one, with some of the samples, or with files of the person's own. */
import { ImagePlus, X } from 'lucide-react';
import { useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { useStore } from 'zustand';
import { type EffectView, effectPhotos, sampleCounts } from '../../../../store/effectView.ts';
import { Button } from '../../../components/Button.tsx';
import { NumberField } from '../../../components/NumberField.tsx';
import { SegmentedControl } from '../../../components/SegmentedControl.tsx';
import { useSession } from '../../../session.tsx';
import { addOwnPhotos, mostOwnPhotos, ownPhotosOf, removeOwnPhoto } from './ownPhotos.ts';
import type { ChooseEffect } from './useEffectChoice.ts';

interface PhotoChoiceProps {
  readonly choice: EffectView;
  readonly onChoose: ChooseEffect;
}

export function PhotoChoice({ choice, onChoose }: PhotoChoiceProps) {
  const { t } = useTranslation('network');
  return (
    <>
      <div className="context-tools">
        <SegmentedControl
          label={t('context.effect.photos')}
          value={choice.photos}
          options={effectPhotos.map((value) => ({
            value,
            label: t(`context.effect.photoChoices.${value}`),
            hint: t(`context.effect.photoHints.${value}`),
          }))}
          onChange={(photos) => onChoose({ photos })}
        />
        {choice.photos === 'samples' && (
          <NumberField
            name={t('context.effect.samples')}
            {...sampleCounts}
            value={choice.samples}
            onChange={(count) => onChoose({ samples: count })}
          />
        )}
      </div>
      {choice.photos === 'own' && <OwnPhotos />}
    </>
  );
}

function OwnPhotos() {
  const { t } = useTranslation('network');
  const session = useSession();
  const photos = useStore(ownPhotosOf(session));
  const input = useRef<HTMLInputElement>(null);
  return (
    <section
      className="effect-own"
      aria-label={t('context.effect.own')}
      onDragOver={(event) => event.preventDefault()}
      onDrop={(event) => {
        event.preventDefault();
        addOwnPhotos(session, event.dataTransfer.files);
      }}
    >
      <input
        ref={input}
        type="file"
        accept="image/*"
        multiple
        hidden
        aria-label={t('context.effect.addPhotos')}
        onChange={(event) => {
          addOwnPhotos(session, event.currentTarget.files ?? []);
          event.currentTarget.value = '';
        }}
      />
      {photos.map((photo) => (
        <span key={photo.id} className="effect-own-photo">
          {photo.name}
          <button
            type="button"
            aria-label={t('context.effect.removePhoto', { name: photo.name })}
            onClick={() => removeOwnPhoto(session, photo)}
          >
            <X size={12} aria-hidden="true" />
          </button>
        </span>
      ))}
      <Button size="small" disabled={photos.length >= mostOwnPhotos} onClick={() => input.current?.click()}>
        <ImagePlus size={14} aria-hidden="true" /> {t('context.effect.addPhotos')}
      </Button>
      {photos.length === 0 && <span className="muted">{t('context.effect.ownHint')}</span>}
    </section>
  );
}
