/** The images: which, as small pictures, of which one is chosen whose maps are shown. A person's own come by button, folder or drop. */
import { FolderPlus, ImagePlus, X } from 'lucide-react';
import { useRef } from 'react';
import { useTranslation } from 'react-i18next';
import type { Problem } from '../../../live/results.ts';
import { dataSetCounts, imageSources } from '../../../store/channels.ts';
import { Button } from '../../components/Button.tsx';
import { filesOfDrop } from '../../components/filesOfDrop.ts';
import { NumberField } from '../../components/NumberField.tsx';
import { SegmentedControl } from '../../components/SegmentedControl.tsx';
import { useProblemWords } from '../../shell/problemWords.ts';
import { useChangeChannels, useChannels, useChannelsState, useChannelsView, useLookAtChannels } from '../channels.tsx';
import { PictureCanvas } from '../PictureCanvas.tsx';
import { useAddFiles } from './useAddFiles.ts';

/** More reasons say no more. */
const mostReasons = 3;
/** More small pictures say no more. */
const mostShown = 30;

export function Images() {
  const { t } = useTranslation('channels');
  const { images, files } = useChannelsState();
  const change = useChangeChannels();
  const look = useLookAtChannels();
  const add = useAddFiles();
  const choice = useRef<HTMLInputElement>(null);
  const folder = useRef<HTMLInputElement>(null);
  return (
    <section
      className="channels-images"
      aria-label={t('images.source')}
      onDragOver={(event) => event.preventDefault()}
      onDrop={(event) => {
        event.preventDefault();
        void filesOfDrop(event.dataTransfer).then(add);
      }}
    >
      <SegmentedControl
        wraps
        label={t('images.source')}
        value={images.source}
        options={imageSources.map((value) => ({ value, label: t(`images.sources.${value}`) }))}
        onChange={(source) => {
          change(null, (state) => ({ ...state, images: { ...state.images, source } }));
          look({ picture: 0 });
        }}
      />
      {images.source === 'fashion-mnist' && (
        <p className="channels-size">
          <span aria-hidden="true">{t('images.count')}</span>
          <NumberField
            name={t('images.count')}
            {...dataSetCounts}
            value={images.count}
            onChange={(count) => change('size', (state) => ({ ...state, images: { ...state.images, count } }))}
          />
          <span className="muted small">{t('images.grey')}</span>
        </p>
      )}
      <Thumbnails />
      <Refused />
      {images.source === 'files' && files.length === 0 && <p className="muted small">{t('images.drop')}</p>}
      <FileInput input={choice} label={t('images.add')} onFiles={(chosen) => void add(chosen)} />
      <FileInput input={folder} label={t('images.addFolder')} isFolder onFiles={(chosen) => void add(chosen)} />
      <span className="channels-add">
        <Button size="small" icon={<ImagePlus size={14} aria-hidden="true" />} onClick={() => choice.current?.click()}>
          {t('images.add')}
        </Button>
        <Button size="small" icon={<FolderPlus size={14} aria-hidden="true" />} onClick={() => folder.current?.click()}>
          {t('images.addFolder')}
        </Button>
        {images.source === 'files' && files.length > 0 && (
          <Button
            size="small"
            icon={<X size={14} aria-hidden="true" />}
            onClick={() => change(null, (state) => ({ ...state, files: [] }))}
          >
            {t('images.clear')}
          </Button>
        )}
      </span>
    </section>
  );
}

/** What could not be read: how many, and why for the first few. */
function Refused() {
  const { t } = useTranslation('channels');
  const refused = useChannels((state) => state.refused);
  if (refused.length === 0) return null;
  return (
    <div role="status" className="channels-refused small">
      <p>{t('images.refused', { count: refused.length })}</p>
      <ul>
        {refused.slice(0, mostReasons).map((problem, i) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: a reason is its place
          <Reason key={i} problem={problem} />
        ))}
      </ul>
    </div>
  );
}

function Reason({ problem }: { readonly problem: Problem }) {
  const words = useProblemWords(problem);
  return (
    <li>
      <span className="mono">{problem.values.name}</span> {words?.what}
    </li>
  );
}

interface FileInputProps {
  readonly input: React.RefObject<HTMLInputElement | null>;
  readonly label: string;
  readonly isFolder?: boolean;
  readonly onFiles: (files: FileList) => void;
}

function FileInput({ input, label, isFolder = false, onFiles }: FileInputProps) {
  return (
    <input
      ref={input}
      type="file"
      accept="image/*"
      multiple
      hidden
      aria-label={label}
      {...(isFolder ? { webkitdirectory: '' } : {})}
      onChange={(event) => {
        const { files } = event.currentTarget;
        if (files && files.length > 0) onFiles(files);
        event.currentTarget.value = '';
      }}
    />
  );
}

function Thumbnails() {
  const { t } = useTranslation('channels');
  const pictures = useChannels((state) => state.pictures);
  const view = useChannelsView();
  const look = useLookAtChannels();
  const chosen = Math.min(view.picture, pictures.length - 1);
  return (
    <div role="radiogroup" aria-label={t('images.shown')} className="channels-thumbs">
      {pictures.slice(0, mostShown).map((picture, i) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: a picture is its place
        <label key={i} title={picture.name}>
          <input
            type="radio"
            name="channels-picture"
            className="sr-only"
            checked={i === chosen}
            aria-label={t('images.picture', { number: i + 1, name: picture.name })}
            onChange={() => look({ picture: i })}
          />
          <PictureCanvas picture={picture} />
        </label>
      ))}
      {pictures.length > mostShown && (
        <span className="muted small">{t('images.more', { count: pictures.length - mostShown })}</span>
      )}
    </div>
  );
}
