/** An image of every class that there is; many classes are not all shown. */
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import type { LabelledImages } from '../../../formats/datasets/labelledImages.ts';
import { ClassThumbnail } from './ClassThumbnail.tsx';

const mostShown = 20;

interface ClassesProps {
  readonly images: LabelledImages;
  readonly nameOf: (label: number) => string;
}

export function Classes({ images, nameOf }: ClassesProps) {
  const { t } = useTranslation('train');
  const present = useMemo(() => [...new Set(images.labels)].toSorted((a, b) => a - b), [images]);
  return (
    <>
      <ul className="train-classes">
        {present.slice(0, mostShown).map((label) => (
          <li key={label}>
            <ClassThumbnail images={images} label={label} />
            <span className="small" title={nameOf(label)}>
              {nameOf(label)}
            </span>
          </li>
        ))}
      </ul>
      {present.length > mostShown && (
        <p className="muted small">{t('data.moreClasses', { count: present.length - mostShown })}</p>
      )}
    </>
  );
}
