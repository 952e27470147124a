/** The sample photos as small pictures: one radio group, so that Tab passes it once and the arrow keys go through it. */
import { useTranslation } from 'react-i18next';
import { useSession, useWorkspace } from '../../session.tsx';

/** By file name in `public/samples/`, the widest range of textures first. */
export const samples = [
  'cat',
  'coffee',
  'astronaut',
  'retina',
  'rocket',
  'raccoon',
  'hubble-deep-field',
  'cameraman',
  'brick',
  'text',
  'coins',
  'nagasaki-boats',
  'alpine-landscape',
  'black-canyon',
  'allium',
] as const;

export function Samples() {
  const { t } = useTranslation();
  const session = useSession();
  const photo = useWorkspace((state) => state.workspace.input.photo);
  const setInput = useWorkspace((state) => state.setInput);
  const choose = (name: string) => {
    session.stopCamera();
    setInput({ photo: { kind: 'sample', name }, workingSize: null, painting: null });
  };
  return (
    <div role="radiogroup" aria-label={t('input.samples')} className="samples">
      {samples.map((name) => (
        <label key={name} className="sample" title={t(`input.sample.${name}`)}>
          <input
            type="radio"
            name="sample"
            value={name}
            checked={photo.kind === 'sample' && photo.name === name}
            aria-label={t(`input.sample.${name}`)}
            onChange={() => choose(name)}
          />
          <img
            src={`${import.meta.env.BASE_URL}samples/thumbs/${name}.webp`}
            alt=""
            width="44"
            height="34"
            loading="lazy"
            decoding="async"
          />
        </label>
      ))}
    </div>
  );
}
