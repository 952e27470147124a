/** Which kernel is asked about: a named filter at the layer's size, or a slice of one of Explore's own convolution. */
import { useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { convOf } from '../../../../graph/explore.ts';
import { type NamedFilter, namedFilters } from '../../../../graph/weights/filterState.ts';
import { namedFilter } from '../../../../graph/weights/namedFilter.ts';
import type { KindOutput } from '../../../../live/results.ts';
import type { FloatArray, Pair } from '../../../../operators/operator.ts';
import type { SelectMenuProps } from '../../../components/SelectMenu.tsx';
import { useChannelName } from '../../../explore/dot/useChannelName.ts';
import { useResults, useWorkspace } from '../../../session.tsx';

export interface ChosenKernel {
  readonly values: FloatArray;
  readonly size: Pair;
  /** A filter that a layer can be given by name; null of a kernel of Explore's convolution. */
  readonly named: NamedFilter | null;
}

interface KernelChoice {
  readonly value: string;
  readonly options: SelectMenuProps<string>['options'];
  readonly choose: (value: string) => void;
  readonly kernel: ChosenKernel;
}

export function useKernelChoice({ state, attributes }: KindOutput): KernelChoice {
  const { t } = useTranslation(['kinds', 'app']);
  const channelName = useChannelName();
  const [chosen, choose] = useState<string>(state.weights.kernel === 'random' ? 'laplacian' : state.weights.kernel);
  const filters = useResults((results) => results.filters);
  const graph = useWorkspace(({ workspace }) => workspace.graph);
  const focus = useWorkspace(({ workspace }) => workspace.focus);
  const conv = convOf(graph, focus);
  const slices = conv.inChannels / conv.groups;
  const area = conv.kernelSize[0] * conv.kernelSize[1];
  const weight = filters?.values.weight;
  const count = weight && area > 1 ? Math.min(conv.outChannels, Math.floor(weight.length / (slices * area))) : 0;
  const own = Array.from({ length: count * slices }, (_, i) => ({
    value: `own ${i}`,
    label: t('spatial.own', { filter: Math.floor(i / slices), channel: channelName(i % slices) }),
  }));
  const ownAt = own.findIndex(({ value }) => value === chosen);
  const named = namedFilters.find((name) => name === chosen) ?? (ownAt < 0 ? 'laplacian' : null);
  const [kh, kw] = attributes.kernelSize;
  const kernel = useMemo<ChosenKernel>(
    () =>
      named || !weight
        ? { values: namedFilter(named ?? 'laplacian', [kh, kw]).values, size: [kh, kw], named }
        : { values: weight.subarray(ownAt * area, (ownAt + 1) * area), size: conv.kernelSize, named: null },
    [named, weight, kh, kw, ownAt, area, conv.kernelSize],
  );
  const options = [
    {
      group: t('spatial.named', { kh, kw }),
      options: namedFilters.map((value) => ({ value, label: t(`app:kernels.name.${value}`) })),
    },
    ...(own.length > 0 ? [{ group: t('spatial.ownGroup'), options: own }] : []),
  ];
  return { value: named ?? chosen, options, choose, kernel };
}
