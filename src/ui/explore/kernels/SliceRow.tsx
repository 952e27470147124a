/** The names of the channel slices under the grid; pressing one shows it alone, with larger cells. */
import { useTranslation } from 'react-i18next';

interface SliceRowProps {
  readonly slices: readonly { readonly index: number; readonly name: string }[];
  /** The slice that is shown alone, or null. */
  readonly only: number | null;
  readonly onOnly: (slice: number | null) => void;
}

export function SliceRow({ slices, only, onOnly }: SliceRowProps) {
  const { t } = useTranslation();
  return (
    <div className="slice-row">
      {slices.map(({ index, name }) => (
        <button
          key={index}
          type="button"
          className="slice-button"
          aria-pressed={only === index}
          title={only === index ? t('kernels.showAll') : t('kernels.showOnly', { name })}
          onClick={() => onOnly(only === index ? null : index)}
        >
          {t('kernels.slice', { name })}
        </button>
      ))}
    </div>
  );
}
