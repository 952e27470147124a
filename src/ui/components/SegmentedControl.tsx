/** One choice out of a few that all stand in sight: a radio group drawn as one bar. Arrow keys move, as in any radio group. */
import { type ReactNode, useId } from 'react';
import './segmentedControl.css';

export interface Segment<T extends string> {
  readonly value: T;
  readonly label: ReactNode;
  /** The accessible name where the label is not words. */
  readonly name?: string;
  /** One sentence, shown on hover. */
  readonly hint?: string;
  readonly disabled?: boolean;
}

export interface SegmentedControlProps<T extends string> {
  /** Names the group for screen readers. */
  readonly label: string;
  readonly options: readonly Segment<T>[];
  /** `null`: none of these is chosen (the choice stands in a menu beside). */
  readonly value: T | null;
  readonly onChange: (value: T) => void;
  readonly disabled?: boolean;
  /** Takes a second line where one is too short. */
  readonly wraps?: boolean;
}

export function SegmentedControl<T extends string>({
  label,
  options,
  value,
  onChange,
  disabled,
  wraps = false,
}: SegmentedControlProps<T>) {
  const name = useId();
  return (
    <div role="radiogroup" aria-label={label} className={wraps ? 'segmented wraps' : 'segmented'}>
      {options.map((option) => (
        <label key={option.value} className="segment" title={option.hint}>
          <input
            type="radio"
            name={name}
            value={option.value}
            checked={option.value === value}
            disabled={Boolean(disabled || option.disabled)}
            aria-label={option.name}
            onChange={() => onChange(option.value)}
          />
          <span>{option.label}</span>
        </label>
      ))}
    </div>
  );
}
