/** One input channel of a unit tap by tap: values × weights = products; where there are too many, the largest products as a list. */
import { useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { TermOperator, TermSlice, UnitTerms } from '../../../graph/terms.ts';
import { signedNumber } from '../../../views/numbers.ts';
import { NumberGrid } from '../../explore/dot/NumberGrid.tsx';
import { printDotProduct } from '../../explore/dot/terms.ts';
import { weightColours } from '../../explore/kernels/weightColours.ts';
import { useGround } from '../../theme/useGround.ts';

interface SliceTermsProps {
  readonly terms: UnitTerms;
  readonly slice: TermSlice;
  readonly operator: TermOperator['kind'];
}

/** Wider grids of numbers cannot be read. */
const widest = 7;
const listed = 9;

export function SliceTerms(props: SliceTermsProps) {
  const { rows, columns } = props.terms;
  return Math.max(rows, columns) > widest ? <LargestTerms {...props} /> : <TermGrids {...props} />;
}

function TermGrids({ terms, slice, operator }: SliceTermsProps) {
  const { t } = useTranslation(['kinds', 'app']);
  const ground = useGround();
  const colours = useMemo(() => weightColours(ground), [ground]);
  const [exact, setExact] = useState<string | null>(null);
  const { rows, columns } = terms;
  const printed = useMemo(() => {
    const { channel, partial } = slice;
    const column = (part: 'value' | 'weight' | 'product') => Float64Array.from(slice.terms, (term) => term[part]);
    const one = { channel, partial, patch: column('value'), kernel: column('weight'), products: column('product') };
    const isPadding = slice.terms.map(({ isOutside }) => isOutside);
    return printDotProduct({ slices: [{ ...one, isPadding }], bias: 0, linear: partial }).slices[0]!;
  }, [slice]);
  const largest = (numbers: typeof printed.kernel) =>
    numbers.reduce((most, { value }) => Math.max(most, Math.abs(value)), 0);
  const diverging = (numbers: typeof printed.kernel) => {
    const most = largest(numbers);
    return (value: number) => colours(value, most);
  };
  const parts = [
    {
      key: 'patch',
      caption: t(operator === 'deform_conv2d' ? 'dot.samples' : 'dot.values', { channel: slice.channel }),
      numbers: printed.patch,
    },
    { key: 'kernel', caption: t('dot.weights'), numbers: printed.kernel },
    { key: 'products', caption: t('dot.products'), numbers: printed.products },
  ] as const;
  const letters = parts.reduce(
    (most, { numbers }) => numbers.reduce((long, { text }) => Math.max(long, text.length), most),
    0,
  );
  // Scrolls where the kernel is large or the panel low, so it must be reachable by keyboard.
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: see above
    <section className="slice-terms" aria-label={t('dot.values', { channel: slice.channel })} tabIndex={0}>
      <div
        className="slice-grids"
        style={{ '--cell': `${Math.max(26, letters * 5.5 + 2)}px`, '--row': '20px' } as React.CSSProperties}
      >
        {parts.map(({ key, caption, numbers }, i) => (
          <div key={key} className="dot-part">
            {i > 0 && <span className="dot-sign">{i === 1 ? '×' : '='}</span>}
            <NumberGrid
              caption={caption}
              label={t('app:dot.gridLabel', { what: caption, rows, columns })}
              columns={columns}
              numbers={numbers}
              colourOf={key === 'patch' ? washed : diverging(numbers)}
              {...(key === 'patch' ? { hatched: printed.isPadding } : {})}
              onPoint={(tap) => {
                const value = tap === null ? undefined : numbers[tap]?.value;
                const place = { row: Math.floor((tap ?? 0) / columns), column: (tap ?? 0) % columns };
                setExact(
                  value === undefined ? null : t('app:dot.cell', { what: caption, ...place, value: String(value) }),
                );
              }}
            />
          </div>
        ))}
      </div>
      <p className="muted small">
        {exact ?? t('dot.partial', { channel: slice.channel, partial: printed.partial.text })}
      </p>
    </section>
  );
}

const washed = () => ({ background: 'color-mix(in srgb, var(--maps) 22%, var(--panel))', ink: 'var(--ink)' });

function LargestTerms({ terms, slice }: SliceTermsProps) {
  const { t } = useTranslation('kinds');
  const largest = useMemo(
    () =>
      slice.terms
        .map((term, tap) => ({ ...term, y: Math.floor(tap / terms.columns), x: tap % terms.columns }))
        .sort((a, b) => Math.abs(b.product) - Math.abs(a.product))
        .slice(0, listed),
    [slice, terms.columns],
  );
  const rest = slice.partial - largest.reduce((sum, { product }) => sum + product, 0);
  // Scrolls where the kernel is large or the panel low, so it must be reachable by keyboard.
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: see above
    <section className="slice-terms" aria-label={t('dot.values', { channel: slice.channel })} tabIndex={0}>
      <table className="largest-terms mono">
        <caption className="muted small">
          {t('dot.largest', { count: largest.length, of: slice.terms.length, channel: slice.channel })}
        </caption>
        <tbody>
          {largest.map(({ y, x, value, weight, product }) => (
            <tr key={`${y},${x}`}>
              <th scope="row">
                [{y}, {x}]
              </th>
              <td>{signedNumber(value)}</td>
              <td>× {signedNumber(weight)}</td>
              <td>= {signedNumber(product)}</td>
            </tr>
          ))}
          <tr>
            <th scope="row" colSpan={3}>
              {t('dot.rest', { count: slice.terms.length - largest.length })}
            </th>
            <td>{signedNumber(rest)}</td>
          </tr>
        </tbody>
      </table>
    </section>
  );
}
