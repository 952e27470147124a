/**
 * A number, by slider and by field. The field is the control's name for everybody ("stride"), the slider adds a word to it. What is
 * typed acts at once where it is allowed; on Enter or on leaving, anything else becomes the nearest allowed value and the control says
 * so. Double-click beside the field resets (inside it selects), the wheel steps while the control has the focus.
 */
import {
  type CSSProperties,
  type KeyboardEvent,
  type MouseEvent,
  type ReactNode,
  useEffect,
  useId,
  useRef,
  useState,
} from 'react';
import { useTranslation } from 'react-i18next';
import { NumberField } from './NumberField.tsx';
import { type NumberRange, nearest, stepped } from './numberValue.ts';
import './numberSlider.css';
import { sliderScale, valueAfterKey } from './sliderScale.ts';
import { type Hint, Tooltip, useHintText } from './Tooltip.tsx';

export interface NumberSliderProps extends NumberRange {
  /** The accessible name of the field, exactly; an attribute is named as in code. */
  readonly name: string;
  /** What stands before the slider; absent: `name` in the monospace face. */
  readonly label?: ReactNode;
  readonly value: number;
  readonly onChange: (value: number) => void;
  /** Double-click goes back to it. */
  readonly resetValue?: number;
  /** What double-click does instead, where going back is more than a number. */
  readonly onReset?: () => void;
  readonly hint?: Hint;
  /** After the number, e.g. "px". */
  readonly unit?: string;
  readonly disabled?: boolean;
  /** Slider positions are spread by the logarithm: sizes over several powers of two. */
  readonly logarithmic?: boolean;
}

export function NumberSlider(props: NumberSliderProps) {
  const {
    name,
    label,
    value,
    onChange,
    resetValue,
    onReset,
    hint,
    unit,
    disabled = false,
    logarithmic = false,
  } = props;
  const { t } = useTranslation();
  const described = useId();
  const hintText = useHintText(hint);
  const [byKeyboard, setByKeyboard] = useState(false);
  /** The value before a finger came down on the slider. */
  const touched = useRef<number | null>(null);
  const root = useWheelStep(props);
  const scale = sliderScale(props, logarithmic);
  const position = scale.position(value);

  const take = (next: number) => {
    if (next !== value) onChange(next);
  };
  const reset = (event: MouseEvent) => {
    if (disabled || (event.target instanceof Element && event.target.closest('.number-field'))) return;
    if (onReset) onReset();
    else if (resetValue !== undefined) take(nearest(props, resetValue));
  };
  const onKeyDown = (event: KeyboardEvent) => {
    setByKeyboard(false);
    const next = valueAfterKey(props, value, event.key);
    if (next === undefined) return;
    event.preventDefault();
    take(next);
  };

  const words = <span className={`number-label${label === undefined ? ' mono' : ''}`}>{label ?? name}</span>;
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: double-click only repeats what the field can do by keyboard.
    <div ref={root} className="number-slider" data-disabled={disabled || undefined} onDoubleClick={reset}>
      {hint ? (
        <Tooltip text={hint.text} names={hint.names} side="top" open={byKeyboard}>
          {words}
        </Tooltip>
      ) : (
        words
      )}
      <input
        type="range"
        className="slider"
        min={scale.min}
        max={scale.max}
        step={scale.step}
        value={position}
        disabled={disabled}
        style={{ '--at': (position - scale.min) / (scale.max - scale.min) } as CSSProperties}
        aria-label={t('components.slider', { name })}
        aria-valuetext={unit ? `${value} ${unit}` : String(value)}
        aria-describedby={hintText ? described : undefined}
        onChange={(event) => take(scale.value(event.currentTarget.valueAsNumber))}
        onFocus={(event) => setByKeyboard(event.currentTarget.matches(':focus-visible'))}
        onBlur={() => setByKeyboard(false)}
        onPointerDown={(event) => {
          setByKeyboard(false);
          touched.current = event.pointerType === 'touch' ? value : null;
        }}
        onPointerCancel={() => {
          // The finger went on to scroll the panel: what it moved in passing was not meant.
          if (touched.current !== null) onChange(touched.current);
          touched.current = null;
        }}
        onKeyDown={onKeyDown}
      />
      <NumberField
        {...rangeOf(props)}
        name={name}
        value={value}
        onChange={onChange}
        disabled={disabled}
        {...(unit ? { unit } : {})}
        {...(hintText ? { describedBy: described } : {})}
      />
      {hintText && (
        <span id={described} hidden>
          {hintText}
        </span>
      )}
    </div>
  );
}

function rangeOf({ min, max, typedMax, step, allowed }: NumberRange): NumberRange {
  return {
    min,
    max,
    ...(typedMax !== undefined && { typedMax }),
    ...(step !== undefined && { step }),
    ...(allowed && { allowed }),
  };
}

/** Wheel steps the value, only while the control has the focus: a panel scrolled past must change nothing. */
function useWheelStep(props: NumberSliderProps) {
  const root = useRef<HTMLDivElement>(null);
  const latest = useRef(props);
  useEffect(() => {
    latest.current = props;
  });
  useEffect(() => {
    const element = root.current;
    if (!element) return;
    const onWheel = (event: WheelEvent) => {
      const { value, onChange, disabled } = latest.current;
      if (disabled || event.deltaY === 0 || !element.contains(document.activeElement)) return;
      event.preventDefault();
      const next = stepped(latest.current, value, event.deltaY < 0 ? 1 : -1);
      if (next !== value) onChange(next);
    };
    // Not passive: the panel behind must not scroll along.
    element.addEventListener('wheel', onWheel, { passive: false });
    return () => element.removeEventListener('wheel', onWheel);
  }, []);
  return root;
}
