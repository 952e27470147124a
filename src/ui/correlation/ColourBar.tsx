/** The colours of a matrix with the two ends of their range. */
import { cssGradient } from '../../views/colour/colourMaps.ts';
import type { MatrixColours } from '../../views/correlation/picture.ts';

interface ColourBarProps {
  readonly colours: MatrixColours;
  readonly label: string;
  /** The upper end stands for all that is larger. */
  readonly isClipped?: boolean;
}

const number = (value: number) => Number(value.toPrecision(2)).toString().replace('-', '−');

export function ColourBar({ colours: { colours, ends }, label, isClipped = false }: ColourBarProps) {
  return (
    <span className="colour-bar mono" role="img" aria-label={`${label}: ${number(ends.lo)} – ${number(ends.hi)}`}>
      <span aria-hidden="true">{number(ends.lo)}</span>
      <span className="colour-bar-ramp" aria-hidden="true" style={{ backgroundImage: cssGradient(colours) }} />
      <span aria-hidden="true">{isClipped ? `≥ ${number(ends.hi)}` : number(ends.hi)}</span>
    </span>
  );
}
