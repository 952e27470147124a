/** One filter of the strip. Its picture is drawn when it comes into sight and when its numbers change, never otherwise. */
import { memo, useEffect, useRef, useState } from 'react';
import type { Pair } from '../../../operators/operator.ts';
import { filterPicture } from './filterPicture.ts';

interface FilterThumbnailProps {
  readonly values: Float32Array;
  readonly kernelSize: Pair;
  readonly colours: Uint8Array | null;
  readonly name: string;
  readonly isSelected: boolean;
  readonly filter: number;
  readonly onSelect: (filter: number) => void;
}

export const FilterThumbnail = memo(function FilterThumbnail(props: FilterThumbnailProps) {
  const { values, kernelSize, colours, name, isSelected, filter, onSelect } = props;
  const button = useRef<HTMLButtonElement>(null);
  const canvas = useRef<HTMLCanvasElement>(null);
  const [isInSight, setInSight] = useState(false);
  const [kh, kw] = kernelSize;

  useEffect(() => {
    const element = button.current;
    if (!element) return;
    const observer = new IntersectionObserver(([entry]) => setInSight(entry?.isIntersecting ?? false));
    observer.observe(element);
    return () => observer.disconnect();
  }, []);

  useEffect(() => {
    const context = isInSight ? canvas.current?.getContext('2d') : null;
    if (!context || values.length < kh * kw) return;
    context.putImageData(new ImageData(filterPicture(values, [kh, kw], colours), kw, kh), 0, 0);
  }, [isInSight, values, kh, kw, colours]);

  return (
    // biome-ignore lint/a11y/useSemanticElements: a native radio cannot hold a picture
    <button
      ref={button}
      type="button"
      role="radio"
      aria-checked={isSelected}
      aria-label={name}
      title={name}
      tabIndex={isSelected ? 0 : -1}
      className="filter-thumbnail"
      onClick={() => onSelect(filter)}
    >
      <canvas ref={canvas} width={kw} height={kh} data-tall={kh > kw} />
    </button>
  );
});
