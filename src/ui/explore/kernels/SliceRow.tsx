/** The names of the channel slices under the grid; pressing one shows it alone, with larger cells. */
import { useTranslation } from 'react-i18next';

interface SliceRowProps {
  readonly slices: readonly { readonly index: number; readonly name: string }[];
  /** Width of a slice of the grid, CSS pixels. */
  readonly width: number;
  /** The slice that is shown alone, or null. */
  readonly only: number | null;
  readonly onOnly: (slice: number | null) => void;
}

/** Below this, the letter alone is written. */
const roomForWords = 66;

export function SliceRow({ slices, width, only, onOnly }: SliceRowProps) {
  const { t } = useTranslation();
  return (
    // One slice alone is wide: its row still names all, side by side.
    <div className="slice-row" style={{ ['--slice' as string]: only === null ? `${width}px` : undefined }}>
      {slices.map(({ index, name }) => (
        <button
          key={index}
          type="button"
          className="slice-button"
          aria-label={t('kernels.slice', { name })}
          aria-pressed={only === index}
          title={only === index ? t('kernels.showAll') : t('kernels.showOnly', { name })}
          onClick={() => onOnly(only === index ? null : index)}
        >
          {only === null && width < roomForWords ? name : t('kernels.slice', { name })}
        </button>
      ))}
    </div>
  );
}
