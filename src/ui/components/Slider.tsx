/** A slider by itself, for what needs no exact number; drawn as those of `NumberSlider`. */
import type { CSSProperties } from 'react';
import './numberSlider.css';

interface SliderProps {
  readonly label: string;
  /** What a screen reader says in place of the number. */
  readonly valueText?: string;
  readonly min: number;
  readonly max: number;
  readonly step?: number;
  readonly value: number;
  readonly onChange: (value: number) => void;
  readonly onDoubleClick?: () => void;
}

export function Slider({ label, valueText, min, max, step = 1, value, onChange, onDoubleClick }: SliderProps) {
  return (
    <input
      type="range"
      className="slider"
      aria-label={label}
      aria-valuetext={valueText}
      min={min}
      max={max}
      step={step}
      value={value}
      style={{ '--at': max > min ? (value - min) / (max - min) : 0 } as CSSProperties}
      onChange={(event) => onChange(event.currentTarget.valueAsNumber)}
      onDoubleClick={onDoubleClick}
    />
  );
}
