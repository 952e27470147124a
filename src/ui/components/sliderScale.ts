/** How values stand on a slider, and where keys take them. Pure. */
import { type NumberRange, nearest, stepped } from './numberValue.ts';

export interface SliderScale {
  readonly min: number;
  readonly max: number;
  readonly step: number;
  position(value: number): number;
  value(position: number): number;
}

/** Places of a logarithmic slider. */
const places = 1000;

/** One place per allowed value, evenly; or by the logarithm; or the values themselves. What lies beyond `max` stands at the end. */
export function sliderScale(range: NumberRange, logarithmic: boolean): SliderScale {
  const { allowed, min, max } = range;
  const onSlider: NumberRange = { ...range, typedMax: max };
  if (allowed && allowed.length > 0) {
    return {
      min: 0,
      max: Math.max(allowed.length - 1, 1),
      step: 1,
      position: (value) => allowed.indexOf(nearest(range, value)),
      value: (position) => allowed[Math.round(position)] ?? min,
    };
  }
  if (logarithmic) {
    const ratio = Math.log(Math.max(max, min + 1) / min);
    return {
      min: 0,
      max: places,
      step: 1,
      position: (value) => Math.round((places * Math.log(Math.min(Math.max(value, min), max) / min)) / ratio),
      value: (position) => nearest(onSlider, min * Math.exp((ratio * position) / places)),
    };
  }
  const step = range.step ?? 1;
  return {
    min,
    max: Math.max(max, min + step),
    step,
    position: (value) => Math.min(Math.max(value, min), max),
    value: (position) => nearest(onSlider, position),
  };
}

/** The value after a key of the slider (one step, a tenth of the range, an end); undefined for other keys. */
export function valueAfterKey(range: NumberRange, value: number, key: string): number | undefined {
  const steps = range.allowed?.length ?? (range.max - range.min) / (range.step ?? 1);
  const page = Math.max(1, Math.round(steps / 10));
  switch (key) {
    case 'ArrowRight':
    case 'ArrowUp':
      return stepped(range, value, 1);
    case 'ArrowLeft':
    case 'ArrowDown':
      return stepped(range, value, -1);
    case 'PageUp':
      return stepped(range, value, page);
    case 'PageDown':
      return stepped(range, value, -page);
    case 'Home':
      return nearest(range, range.min);
    case 'End':
      return nearest({ ...range, typedMax: range.max }, range.max);
    default:
      return undefined;
  }
}
