/** What the kernel editor must know of the layer. It stays the same object while stride, padding and dilation change. */
import { useMemo } from 'react';
import { channelsReadBy, convOf } from '../../../graph/explore.ts';
import type { Pair } from '../../../operators/operator.ts';
import type { WorkspaceState } from '../../../store/workspaceStore.ts';
import { useWorkspace } from '../../session.tsx';

export interface KernelShape {
  readonly filters: number;
  /** Channel slices of each filter. */
  readonly slices: number;
  readonly kernelSize: Pair;
  readonly hasBias: boolean;
  /** The first input channel that a filter reads. */
  readonly firstChannel: (filter: number) => number;
}

const conv = ({ workspace }: WorkspaceState) => convOf(workspace.graph, workspace.focus);

export function useKernelShape(): KernelShape {
  const inChannels = useWorkspace((state) => conv(state).inChannels);
  const outChannels = useWorkspace((state) => conv(state).outChannels);
  const groups = useWorkspace((state) => conv(state).groups);
  const height = useWorkspace((state) => conv(state).kernelSize[0]);
  const width = useWorkspace((state) => conv(state).kernelSize[1]);
  const hasBias = useWorkspace((state) => conv(state).bias);
  return useMemo(
    () => ({
      filters: outChannels,
      slices: inChannels / groups,
      kernelSize: [height, width],
      hasBias,
      firstChannel: (filter) => channelsReadBy({ inChannels, outChannels, groups }, filter).first,
    }),
    [inChannels, outChannels, groups, height, width, hasBias],
  );
}
