/** The layer that Explore looks at, as the card reads and changes it. */
import { useCallback, useEffect, useMemo, useRef, useState } from 'react';
import { activationAfter, convOf } from '../../../graph/explore.ts';
import type { ActivationName } from '../../../operators/activation/attributes.ts';
import type { Conv2d } from '../../../operators/conv2d/attributes.ts';
import type { ConvContext } from '../../../operators/conv2d/limits.ts';
import { useResults, useSession, useWorkspace } from '../../session.tsx';

export type ConvChange = Partial<Omit<Conv2d, 'kind' | 'inChannels'>>;

export function useConv(): Conv2d {
  return useWorkspace(({ workspace }) => convOf(workspace.graph, workspace.focus));
}

export function useActivation(): ActivationName {
  return useWorkspace(({ workspace }) => activationAfter(workspace.graph, workspace.focus));
}

/** Until the first photo is there, ranges and code are read for one of any size. */
const anySize: ConvContext = { inputSize: [4096, 4096] };

/** The input's size, on which the ranges depend. */
export function useConvContext(): ConvContext {
  const height = useResults(({ picture }) => picture?.height ?? null);
  const width = useResults(({ picture }) => picture?.width ?? null);
  return useMemo(() => (height === null || width === null ? anySize : { inputSize: [height, width] }), [height, width]);
}

/** How long a control that moved by itself stays lit, in milliseconds. */
const litFor = 1400;

/** Changes attributes of the layer, from what it is at that moment. `control`: which of an attribute's controls is at work. */
export type ChangeConv = (from: (present: Conv2d) => ConvChange, control?: string) => void;

export interface LayerChange {
  /** The same function for as long as the card stands. */
  readonly change: ChangeConv;
  /** The attributes that the last change moved beside its own. */
  readonly moved: ReadonlySet<keyof Conv2d>;
}

/** Changes attributes, and tells for a moment which others had to move with them. */
export function useLayerChange(): LayerChange {
  const { workspace } = useSession();
  const [moved, setMoved] = useState<ReadonlySet<keyof Conv2d>>(new Set());
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  useEffect(() => () => clearTimeout(timer.current), []);

  const change = useCallback<ChangeConv>(
    (from, control) => {
      const read = () => {
        const present = workspace.getState().workspace;
        return convOf(present.graph, present.focus);
      };
      const before = read();
      const attributes = from(before);
      workspace.getState().setConv(attributes, control);
      const others = movedBeside(before, read(), attributes);
      if (others.size === 0) return;
      setMoved(others);
      clearTimeout(timer.current);
      timer.current = setTimeout(() => setMoved(new Set()), litFor);
    },
    [workspace],
  );
  return { change, moved };
}

/** The attributes in which `after` differs from `before` although `change` did not name them. */
export function movedBeside(before: Conv2d, after: Conv2d, change: ConvChange): ReadonlySet<keyof Conv2d> {
  const names = Object.keys(after) as (keyof Conv2d)[];
  return new Set(
    names.filter((name) => !(name in change) && JSON.stringify(before[name]) !== JSON.stringify(after[name])),
  );
}
