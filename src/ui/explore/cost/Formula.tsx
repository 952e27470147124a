/**
 * A cost formula with its letters in the colours of what they count. Pointing at a letter, or focusing it, lights what it counts
 * (parts of the screen that carry `data-counts`).
 */
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { Hover } from '../../../store/pointer.ts';
import { useSession } from '../../session.tsx';
import type { FormulaNumbers } from './costTerms.ts';

type Letter = Extract<Hover, { readonly on: 'term' }>['term'];

const colourOfLetter: Readonly<Record<Letter, string>> = {
  C: 'input',
  H: 'input',
  W: 'input',
  K: 'weights',
  N: 'maps',
};

function numberOf(letter: Letter, numbers: FormulaNumbers): string {
  if (letter !== 'K') return String(numbers[letter]);
  const [h, w] = numbers.kernelSize;
  return h === w ? String(h) : `${h}×${w}`;
}

export function Term({ letter, numbers, children }: { letter: Letter; numbers: FormulaNumbers; children: ReactNode }) {
  const { t } = useTranslation();
  const { pointer } = useSession();
  const light = () => pointer.setState({ hover: { on: 'term', term: letter } });
  const darken = () => pointer.setState({ hover: null });
  const meaning = t(`cost.term.${letter}`, { value: numberOf(letter, numbers) });
  return (
    <button
      type="button"
      className={`term term-${colourOfLetter[letter]}`}
      aria-label={meaning}
      title={meaning}
      onPointerEnter={light}
      onPointerLeave={darken}
      onFocus={light}
      onBlur={darken}
    >
      {children}
    </button>
  );
}

/** "3²", or "(3·5)" for a kernel that is not square. */
function kernelArea([h, w]: FormulaNumbers['kernelSize']): ReactNode {
  return h === w ? (
    <>
      {h}
      <sup>2</sup>
    </>
  ) : (
    `(${h}·${w})`
  );
}

/** N(CK²+1) = 9(3·3²+1) */
export function ParametersFormula({ numbers }: { numbers: FormulaNumbers }) {
  return (
    <span className="formula mono">
      <Term letter="N" numbers={numbers}>
        N
      </Term>
      (
      <Term letter="C" numbers={numbers}>
        C
      </Term>
      <Term letter="K" numbers={numbers}>
        K
      </Term>
      <sup className="term-weights">2</sup>
      +1) = <span className="term-maps">{numbers.N}</span>(<span className="term-input">{numbers.C}</span>·
      <span className="term-weights">{kernelArea(numbers.kernelSize)}</span>+1)
    </span>
  );
}

/** CHWK²N = 3·300·451·3²·9 */
export function OperationsFormula({ numbers }: { numbers: FormulaNumbers }) {
  return (
    <span className="formula mono">
      <Term letter="C" numbers={numbers}>
        C
      </Term>
      <Term letter="H" numbers={numbers}>
        H
      </Term>
      <Term letter="W" numbers={numbers}>
        W
      </Term>
      <Term letter="K" numbers={numbers}>
        K
      </Term>
      <sup className="term-weights">2</sup>
      <Term letter="N" numbers={numbers}>
        N
      </Term>{' '}
      ={' '}
      <span className="term-input">
        {numbers.C}·{numbers.H}·{numbers.W}
      </span>
      ·<span className="term-weights">{kernelArea(numbers.kernelSize)}</span>·
      <span className="term-maps">{numbers.N}</span>
    </span>
  );
}
