/** The sampling points of the pinned unit, which of them is looked at, and what moves them: changes of the workspace, all undone. */
import { useState } from 'react';
import type { KindOutput } from '../../../../live/results.ts';
import type { SamplingPoint } from '../../../../operators/deformConv2d/points.ts';
import type { KindState, MovedTap, OffsetsState } from '../../../../store/kind.ts';
import { usePointer, useWorkspace } from '../../../session.tsx';
import { useChangeKind } from '../../useKind.ts';
import { isRegular, pointsOf, tapsOf, withTap } from './taps.ts';

export interface Sampling {
  readonly unit: { readonly y: number; readonly x: number };
  /** What the workspace says now; the run may be a step behind. */
  readonly state: KindState;
  /** Height and width of what the layer reads. */
  readonly size: readonly [number, number];
  readonly kernelSize: readonly [number, number];
  /** Those of the offset group in focus, with their index over all groups. */
  readonly points: readonly { readonly index: number; readonly point: SamplingPoint }[];
  readonly selected: { readonly index: number; readonly point: SamplingPoint };
  readonly group: number;
  readonly groups: number;
  readonly isRegular: boolean;
  selectGroup(group: number): void;
  select(index: number): void;
  /** Takes the offsets in hand: tap `index` as told, the others as they stand at this unit. `subject` as in `useChangeKind`. */
  setTap(subject: string | null, index: number, change: Partial<MovedTap>): void;
  /** As they stand at this unit. */
  takeInHand(): void;
  setOffsets(subject: string | null, offsets: OffsetsState): void;
}

/** Of a deformable layer; null before anything is known of the unit. */
export function useSampling(kind: KindOutput, [, , rows, columns]: readonly number[]): Sampling | null {
  const pin = usePointer((state) => state.pin);
  const present = useWorkspace(({ workspace }) => workspace.kind);
  const change = useChangeKind();
  // By its place in the kernel, so that another group shows the same tap.
  const [chosen, choose] = useState({ group: 0, tap: 0 });
  const { layer } = kind;
  if (layer.kind !== 'deformable' || rows === undefined || columns === undefined) return null;
  const { conv } = layer;
  const state = present?.kind === 'deformable' ? present : kind.state;
  const unit = {
    y: Math.min(rows - 1, pin?.y ?? Math.floor(rows / 2)),
    x: Math.min(columns - 1, pin?.x ?? Math.floor(columns / 2)),
  };
  const [, , height = 0, width = 0] = kind.shapes[kind.source] ?? [];
  const size = [height, width] as const;
  const all = pointsOf(kind.samplesOf(unit) ?? [], { ...state, attributes: kind.attributes }, size);
  const taps = conv.kernelSize[0] * conv.kernelSize[1];
  const group = Math.min(chosen.group, conv.offsetGroups - 1);
  const points = all.map((point, index) => ({ index, point })).slice(group * taps, (group + 1) * taps);
  const selected = points[Math.min(chosen.tap, taps - 1)];
  if (!selected) return null;
  const setOffsets = (subject: string | null, offsets: OffsetsState) =>
    change(subject === null ? null : `offsets/${subject}`, (former) => ({ ...former, offsets }));
  return {
    ...{ unit, state, size, kernelSize: conv.kernelSize, points, selected, group, groups: conv.offsetGroups },
    isRegular: isRegular(all),
    selectGroup: (next) => choose({ ...chosen, group: next }),
    select: (index) => choose({ group, tap: index - group * taps }),
    setTap: (subject, index, part) => setOffsets(subject, { by: 'hand', taps: withTap(tapsOf(all), index, part) }),
    takeInHand: () => setOffsets(null, { by: 'hand', taps: tapsOf(all) }),
    setOffsets,
  };
}
