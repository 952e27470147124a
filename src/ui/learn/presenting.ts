/** A chapter for a whole room: full screen, large type, and the next and the previous one by keyboard or clicker. */
import { type RefObject, useEffect, useState } from 'react';

export interface Presenting {
  readonly isOn: boolean;
  start(): void;
  stop(): void;
}

/** What keyboards and clickers send; a field or a slider that has the focus keeps its own keys. */
const steps: Readonly<Record<string, 1 | -1>> = { PageDown: 1, PageUp: -1, ']': 1, '[': -1 };
const arrows: Readonly<Record<string, 1 | -1>> = { ArrowRight: 1, ArrowLeft: -1 };

function leaveFullScreen(): void {
  if (document.fullscreenElement) void document.exitFullscreen();
}

export function usePresenting(root: RefObject<HTMLElement | null>, onStep: (step: 1 | -1) => void): Presenting {
  const [isOn, setOn] = useState(false);

  useEffect(() => {
    const onKeyDown = (event: KeyboardEvent) => {
      if (event.ctrlKey || event.metaKey || event.altKey || document.querySelector('dialog[open]')) return;
      const { target, key } = event;
      const isField = target instanceof Element && target.closest('input, select, textarea, [role="slider"]') !== null;
      if (isField) return;
      // Arrows belong to what has the focus (a map, a photo), and to the chapters only where nothing has.
      const isFree = isOn && (target === document.body || target === root.current);
      const step = steps[key] ?? (isFree ? arrows[key] : undefined);
      if (step === undefined || ((key === 'PageDown' || key === 'PageUp') && !isOn)) return;
      event.preventDefault();
      onStep(step);
    };
    window.addEventListener('keydown', onKeyDown);
    return () => window.removeEventListener('keydown', onKeyDown);
  }, [isOn, onStep, root]);

  useEffect(() => {
    if (!isOn) return;
    // Where Escape ends the full screen, most browsers keep the key to themselves.
    const onChange = () => document.fullscreenElement ?? setOn(false);
    const onKeyDown = ({ key }: KeyboardEvent) => {
      if (key !== 'Escape') return;
      setOn(false);
      leaveFullScreen();
    };
    document.addEventListener('fullscreenchange', onChange);
    window.addEventListener('keydown', onKeyDown);
    return () => {
      document.removeEventListener('fullscreenchange', onChange);
      window.removeEventListener('keydown', onKeyDown);
    };
  }, [isOn]);

  return {
    isOn,
    start() {
      setOn(true);
      // Where the browser refuses, large type in its window is what is left.
      root.current?.requestFullscreen?.().catch(() => undefined);
    },
    stop() {
      setOn(false);
      leaveFullScreen();
    },
  };
}
