/** A tooltip: one sentence, with the names that the thing has in code. Opens on hover and on keyboard focus of its child. */
import {
  type FocusEvent,
  type PointerEvent,
  type ReactElement,
  type ReactNode,
  useEffect,
  useId,
  useLayoutEffect,
  useRef,
  useState,
} from 'react';
import { useTranslation } from 'react-i18next';
import { extended, usePlacement } from './floating.ts';
import { Kbd } from './Kbd.tsx';
import type { Side } from './place.ts';
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
  readonly side?: Side;
  /** Forces the tooltip open (a focused control whose label carries it). */
  readonly open?: boolean;
  /** One element that takes a ref and pointer events. */
  readonly children: ReactElement;
}

/** Milliseconds that the pointer rests before the tooltip shows. */
const patience = 450;

export function Tooltip({ text, names, shortcut, side = 'bottom', open = false, children }: TooltipProps) {
  const id = useId();
  const anchor = useRef<HTMLElement>(null);
  const card = useRef<HTMLSpanElement>(null);
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  const [isHovered, setIsHovered] = useState(false);
  const isShown = isHovered || open;

  const hide = () => {
    clearTimeout(timer.current);
    setIsHovered(false);
  };
  useLayoutEffect(() => {
    if (isShown) card.current?.showPopover();
  }, [isShown]);
  usePlacement(anchor, card, isShown, side, 'center');
  useEffect(() => {
    if (!isHovered) return;
    const onKeyDown = (event: globalThis.KeyboardEvent) => event.key === 'Escape' && setIsHovered(false);
    window.addEventListener('keydown', onKeyDown);
    return () => window.removeEventListener('keydown', onKeyDown);
  }, [isHovered]);
  useEffect(() => () => clearTimeout(timer.current), []);

  return (
    <>
      {extended(children, {
        ref: anchor,
        ...(isShown && { 'aria-describedby': id }),
        onPointerEnter: (event: PointerEvent) => {
          if (event.pointerType === 'touch') return;
          clearTimeout(timer.current);
          timer.current = setTimeout(() => setIsHovered(true), patience);
        },
        onPointerLeave: hide,
        onPointerDown: hide,
        onFocus: (event: FocusEvent) => event.currentTarget.matches(':focus-visible') && setIsHovered(true),
        onBlur: hide,
      })}
      {isShown && (
        <span ref={card} id={id} popover="manual" role="tooltip" className="tooltip">
          {text}
          {shortcut && <Kbd>{shortcut}</Kbd>}
          {names && <LibraryNames names={names} />}
        </span>
      )}
    </>
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
