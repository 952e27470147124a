/** The dot product of the pinned unit: patch × kernel = products per input channel, partial sums, bias, activation, response. */
import { type CSSProperties, useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { printUnits, toUnits } from '../../../math/rounding.ts';
import type { Pair } from '../../../operators/operator.ts';
import { EdgeFade } from '../../components/EdgeFade.tsx';
import { Panel } from '../../components/Panel.tsx';
import { useGround } from '../../theme/useGround.ts';
import { weightColours } from '../kernels/weightColours.ts';
import { NumberGrid } from './NumberGrid.tsx';
import { PlaybackControls } from './PlaybackControls.tsx';
import { hasBias, Sums } from './Sums.tsx';
import { type PrintedDotProduct, type PrintedSlice, printDotProduct } from './terms.ts';
import { useChannelName } from './useChannelName.ts';
import { type PinnedUnit, usePinnedUnit } from './usePinnedUnit.ts';
import './dot.css';

/** Sums stand below kernels up to this many rows, and beside higher ones, which need the panel's whole height. */
const highestAbove = 3;

export function DotProductPanel() {
  const { t } = useTranslation();
  const pinned = usePinnedUnit();
  const meta = pinned
    ? t('dot.where', { map: pinned.unit.channel, row: pinned.unit.y, column: pinned.unit.x })
    : undefined;
  return (
    <Panel
      token="field"
      title={t('dot.title')}
      meta={meta}
      end={<PlaybackControls />}
      className={`dot-panel${pinned && kernelSizeOf(pinned)[0] > highestAbove ? ' beside' : ''}`}
    >
      {pinned ? <Terms pinned={pinned} /> : <p className="muted dot-empty">{t('dot.empty')}</p>}
    </Panel>
  );
}

function Terms({ pinned }: { pinned: PinnedUnit }) {
  const { t } = useTranslation();
  const [exact, setExact] = useState<string | null>(null);
  const channelName = useChannelName();
  const printed = useMemo(() => printDotProduct(pinned.dot), [pinned.dot]);
  const [rows, columns] = kernelSizeOf(pinned);
  const print = (value: number) => printUnits(toUnits(value, printed.decimals), printed.decimals);
  const sentence = t('dot.sentence', {
    map: pinned.unit.channel,
    row: pinned.unit.y,
    column: pinned.unit.x,
    terms: [...printed.slices.map((slice) => slice.partial.text), ...(hasBias(pinned) ? [printed.bias.text] : [])].join(
      ' + ',
    ),
    linear: printed.linear.text,
  });
  const { activation } = pinned;
  const activated = activation === 'none' ? '' : t('dot.activated', { activation, value: print(pinned.value) });
  return (
    <>
      <p className="sr-only">
        {sentence} {activated}
      </p>
      <EdgeFade className="dot-window">
        {/* Scrolls when the kernel is large, so it must be reachable by keyboard. */}
        {/* biome-ignore lint/a11y/noNoninteractiveTabindex: see above */}
        <figure className="dot-slices" aria-label={t('dot.title')} tabIndex={0}>
          <div className="dot-terms" style={measuresOf(printed, rows, columns)}>
            {printed.slices.map((slice, index) => (
              <Slice
                key={slice.channel}
                slice={slice}
                name={channelName(slice.channel)}
                columns={columns}
                isFirst={index === 0}
                onExact={setExact}
              />
            ))}
          </div>
        </figure>
      </EdgeFade>
      <div className="dot-foot">
        <Sums pinned={pinned} printed={printed} print={print} channelName={channelName} onExact={setExact} />
        <p className="dot-note small muted">{exact ?? t('dot.rounded', { count: printed.decimals })}</p>
      </div>
    </>
  );
}

function kernelSizeOf({ output }: PinnedUnit): Pair {
  const conv = output.graph.nodes.find((node) => node.operator.kind === 'conv2d')?.operator;
  return conv?.kind === 'conv2d' ? conv.kernelSize : [1, 1];
}

/** What the style sheet makes the cells' size of: they shrink to the room, and not below their numbers. */
function measuresOf({ slices }: PrintedDotProduct, rows: number, columns: number): CSSProperties {
  const letters = slices.reduce(
    (most, { patch, kernel, products }) =>
      [...patch, ...kernel, ...products].reduce((longest, { text }) => Math.max(longest, text.length), most),
    0,
  );
  return { '--rows': rows, '--columns': columns, '--slices': slices.length, '--letters': letters } as CSSProperties;
}

interface SliceProps {
  readonly slice: PrintedSlice;
  readonly name: string;
  readonly columns: number;
  readonly isFirst: boolean;
  readonly onExact: (sentence: string | null) => void;
}

/** One input channel: patch × kernel = products. */
function Slice({ slice, name, columns, isFirst, onExact }: SliceProps) {
  const { t } = useTranslation();
  const ground = useGround();
  const diverging = useMemo(() => weightColours(ground), [ground]);
  const largest = (numbers: PrintedSlice['kernel']) =>
    numbers.reduce((most, { value }) => Math.max(most, Math.abs(value)), 0);
  const largestWeight = largest(slice.kernel);
  const largestProduct = largest(slice.products);
  const rows = slice.kernel.length / columns;
  const parts = [
    { key: 'patch', caption: t('dot.patch', { name }), numbers: slice.patch, colour: patchColour(name) },
    {
      key: 'kernel',
      caption: t('dot.kernel', { name }),
      numbers: slice.kernel,
      colour: divergingOf(diverging, largestWeight),
    },
    {
      key: 'products',
      caption: t('dot.products'),
      numbers: slice.products,
      colour: divergingOf(diverging, largestProduct),
    },
  ] as const;
  return (
    <div className="dot-slice">
      {!isFirst && <span className="dot-sign">+</span>}
      {parts.map(({ key, caption, numbers, colour }, index) => (
        <div className="dot-part" key={key} data-part={key}>
          {index > 0 && <span className="dot-sign">{index === 1 ? '×' : '='}</span>}
          <NumberGrid
            caption={caption}
            label={t('dot.gridLabel', { what: caption, rows, columns })}
            columns={columns}
            numbers={numbers}
            colourOf={colour}
            {...(key === 'patch' ? { hatched: slice.isPadding } : {})}
            {...(key === 'kernel' ? { counts: 'K' } : {})}
            onPoint={(tap) => {
              const value = tap === null ? undefined : numbers[tap]?.value;
              const place = { row: Math.floor((tap ?? 0) / columns), column: (tap ?? 0) % columns };
              onExact(value === undefined ? null : t('dot.cell', { what: caption, ...place, value: String(value) }));
            }}
          />
        </div>
      ))}
    </div>
  );
}

function divergingOf(colours: ReturnType<typeof weightColours>, largest: number) {
  return (value: number) => colours(value, largest);
}

/** The patch in a wash of its channel's own colour, so that its numbers stay readable in both themes. */
function patchColour(name: string) {
  const token = { R: '--red', G: '--green', B: '--blue' }[name] ?? '--maps';
  return () => ({ background: `color-mix(in srgb, var(${token}) 22%, var(--panel))`, ink: 'var(--ink)' });
}
