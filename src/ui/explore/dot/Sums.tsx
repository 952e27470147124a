/** The sum at the end of the dot product: partial sums per channel + bias = sum, and the activation that makes the response of it. */
import { useTranslation } from 'react-i18next';
import { shortNumber } from '../../../views/numbers.ts';
import type { PrintedDotProduct } from './terms.ts';
import type { PinnedUnit } from './usePinnedUnit.ts';

interface SumsProps {
  readonly pinned: PinnedUnit;
  readonly printed: PrintedDotProduct;
  readonly print: (value: number) => string;
  readonly channelName: (channel: number) => string;
  readonly onExact: (sentence: string | null) => void;
}

interface Entry {
  readonly key: string;
  readonly sign: string;
  readonly text: string;
  readonly name: string;
  readonly exact: string;
  readonly token: 'plain' | 'weights' | 'field';
}

/** A layer with bias=False has nothing to add. */
export function hasBias({ output }: PinnedUnit): boolean {
  return output.graph.nodes.some(({ operator }) => operator.kind === 'conv2d' && operator.bias);
}

/** In the common precision, unless that would make 0 of a response that is none. */
function responseText(value: number, print: (value: number) => string): string {
  const text = print(value);
  return value !== 0 && !/[1-9]/.test(text) ? shortNumber(value) : text;
}

export function Sums({ pinned, printed, print, channelName, onExact }: SumsProps) {
  const { t } = useTranslation();
  const { activation, value, shown } = pinned;
  const entries: Entry[] = printed.slices.map(({ channel, partial }, index) => ({
    key: `slice-${channel}`,
    sign: index === 0 ? '=' : '+',
    text: partial.text,
    name: t('dot.partial', { name: channelName(channel) }),
    exact: String(partial.value),
    token: 'plain',
  }));
  if (hasBias(pinned)) {
    entries.push({
      key: 'bias',
      sign: '+',
      text: printed.bias.text,
      name: t('dot.bias'),
      exact: String(printed.bias.value),
      token: 'weights',
    });
  }
  const shownSentence = shown === null ? '' : ` · ${t('dot.shown', { value: String(shown) })}`;
  if (activation !== 'none') {
    entries.push({
      key: 'sum',
      sign: '=',
      text: printed.linear.text,
      name: t('dot.sum'),
      exact: String(printed.linear.value),
      token: 'plain',
    });
  }
  entries.push({
    key: 'response',
    sign: activation === 'none' ? '=' : `→ ${activation}`,
    text: activation === 'none' ? printed.linear.text : responseText(value, print),
    name: t('dot.response'),
    exact: `${value}${shownSentence}`,
    token: 'field',
  });
  return (
    <dl className="dot-sums">
      {entries.map(({ key, sign, text, name, exact, token }) => (
        <div
          key={key}
          className={`dot-sum ${token}`}
          data-sign={sign}
          data-testid={key === 'response' ? 'dot-response' : undefined}
          onPointerEnter={() => onExact(`${name}: ${exact}`)}
          onPointerLeave={() => onExact(null)}
        >
          <dt>{name}</dt>
          <dd className="mono">{text}</dd>
        </div>
      ))}
    </dl>
  );
}
