/**
 * The values of layers that are filled with filters of Explore. The same layer and filters give the same object while the network on the
 * screen has them, so that engines keep what they have uploaded. Learned banks are fetched first (`take`).
 */
import type { LayerFilters, LearnedBank } from '../../graph/weights/filterState.ts';
import { type FilteredOperator, filterWeight, learnedBankOf } from '../../graph/weights/layerFilters.ts';
import type { LearnedData } from '../../graph/weights/materialise.ts';
import { rulesOf } from '../../operators/index.ts';
import type { ParameterValues } from '../../operators/operator.ts';

export interface LayerFilterBook {
  /** Whether all that the filters are made of is at hand. */
  has(filters: LayerFilters): boolean;
  of(operator: FilteredOperator, filters: LayerFilters): ParameterValues;
  take(bank: LearnedBank, data: LearnedData): void;
}

/** Layers whose values are kept: more are made again, which takes no longer than a layer's turn. */
const mostKept = 64;

export function createLayerFilterBook(): LayerFilterBook {
  const banks = new Map<LearnedBank, LearnedData>();
  const sources = { learned: (bank: LearnedBank) => banks.get(bank) ?? null, custom: () => null };
  /** The one that was asked for last stands last. */
  const made = new Map<string, ParameterValues>();

  function make(operator: FilteredOperator, filters: LayerFilters): ParameterValues {
    const bias = rulesOf(operator)
      .parameters(operator)
      .find(({ name }) => name === 'bias')?.shape;
    return {
      weight: filterWeight(operator, filters, sources),
      bias: bias ? new Float32Array(bias.reduce((product, size) => product * size, 1)) : null,
    };
  }

  return {
    has(filters) {
      const bank = learnedBankOf(filters);
      return bank === null || banks.has(bank);
    },
    of(operator, filters) {
      const key = JSON.stringify([operator, filters]);
      const values = made.get(key) ?? make(operator, filters);
      made.delete(key);
      made.set(key, values);
      for (const oldest of made.keys()) {
        if (made.size <= mostKept) break;
        made.delete(oldest);
      }
      return values;
    },
    take: (bank, data) => void banks.set(bank, data),
  };
}
