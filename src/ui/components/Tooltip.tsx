/** A tooltip: one sentence, with the names that the thing has in code. Opens on hover and on keyboard focus of its child. */
import { Tooltip as Radix } from 'radix-ui';
import type { ReactElement, ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Kbd } from './Kbd.tsx';
import './tooltip.css';

/** What a control is, in one sentence, and what libraries call it. */
export interface Hint {
  readonly text: string;
  readonly names?: {
    readonly pytorch?: string;
    readonly keras?: string;
    readonly flax?: string;
    readonly onnx?: string;
  };
}

const libraries = { pytorch: 'PyTorch', keras: 'Keras', flax: 'Flax', onnx: 'ONNX' } as const;

export interface TooltipProps {
  readonly text: ReactNode;
  readonly names?: Hint['names'];
  readonly shortcut?: string;
  readonly side?: 'top' | 'right' | 'bottom' | 'left';
  /** Forces the tooltip open (a focused control whose label carries it). */
  readonly open?: boolean;
  /** One element that takes a ref and pointer events. */
  readonly children: ReactElement;
}

export function Tooltip({ text, names, shortcut, side = 'bottom', open, children }: TooltipProps) {
  return (
    <Radix.Provider delayDuration={450} skipDelayDuration={200} disableHoverableContent>
      <Radix.Root {...(open ? { open } : {})}>
        <Radix.Trigger asChild>{children}</Radix.Trigger>
        <Radix.Portal>
          <Radix.Content className="tooltip" side={side} sideOffset={6} collisionPadding={8}>
            {text}
            {shortcut && <Kbd>{shortcut}</Kbd>}
            {names && <LibraryNames names={names} />}
          </Radix.Content>
        </Radix.Portal>
      </Radix.Root>
    </Radix.Provider>
  );
}

function LibraryNames({ names }: { readonly names: NonNullable<Hint['names']> }) {
  return (
    <span className="tooltip-names">
      {(Object.keys(libraries) as (keyof typeof libraries)[]).map(
        (library) =>
          names[library] && (
            <span key={library}>
              {libraries[library]} <code>{names[library]}</code>
            </span>
          ),
      )}
    </span>
  );
}

/** The same as a string, for `aria-describedby`. */
export function useHintText(hint: Hint | undefined): string | undefined {
  const { t } = useTranslation();
  if (!hint) return undefined;
  const names = hint.names;
  if (!names) return hint.text;
  const list = (Object.keys(libraries) as (keyof typeof libraries)[])
    .filter((library) => names[library])
    .map((library) => `${libraries[library]} ${names[library]}`)
    .join(', ');
  return `${hint.text} ${t('components.inLibraries', { names: list })}`;
}
