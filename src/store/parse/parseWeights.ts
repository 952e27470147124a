/** The filters and biases of a layer from anything: see `parseWorkspace.ts`. A filter that cannot be read takes its place in the classic mix. */
import {
  distributions,
  type FilterRecipe,
  type FilterState,
  learnedBanks,
  namedFilters,
  normalisations,
  type WeightsState,
} from '../../graph/weights/filterState.ts';
import { sliderEnds } from '../../operators/conv2d/limits.ts';
import { type Fields, fieldsOf, listOf, readBoolean, readInteger, readMatch, readOneOf } from '../fields.ts';
import { resizeWeights } from '../filterBank.ts';
import { hashPattern } from '../ownFiles.ts';

export function parseWeights(fields: Fields, outChannels: number): WeightsState {
  const classic = resizeWeights({ filters: [], bias: [] }, outChannels).filters;
  const filters = listOf(fields.filters);
  const bias = listOf(fields.bias);
  return {
    filters: classic.map((instead, i) => parseFilter(fieldsOf(filters[i]), instead)),
    bias: classic.map((_, i) => parseBias(bias[i])),
  };
}

function parseFilter(fields: Fields | null, instead: FilterState): FilterState {
  const recipe = parseRecipe(fieldsOf(fields?.recipe) ?? {});
  if (!fields || !recipe) return instead;
  return {
    recipe,
    flip: readBoolean(fields.flip, false),
    transpose: readBoolean(fields.transpose, false),
    normalise: readOneOf(fields.normalise, normalisations, 'none'),
  };
}

function parseRecipe(fields: Fields): FilterRecipe | null {
  const most = sliderEnds.outChannels - 1;
  const index = readInteger(fields.index, 0, most, 0);
  switch (fields.kind) {
    case 'named': {
      const name = namedFilters.find((each) => each === fields.name);
      return name ? { kind: 'named', name } : null;
    }
    case 'gabor':
      return { kind: 'gabor', index, of: readInteger(fields.of, index + 1, most + 1, index + 1) };
    case 'opponent':
      return { kind: 'opponent', index };
    case 'random': {
      const distribution = readOneOf(fields.distribution, distributions, 'he');
      return { kind: 'random', distribution, seed: readInteger(fields.seed, 0, 0xffff_ffff, 0), index };
    }
    case 'learned': {
      const bank = learnedBanks.find((each) => each === fields.bank);
      return bank ? { kind: 'learned', bank, index } : null;
    }
    case 'custom': {
      const hash = readMatch(fields.hash, hashPattern);
      const [c, h, w] = listOf(fields.shape);
      const size = (value: unknown, max: number) => readInteger(value, 1, max, 0);
      const shape = [size(c, 4), size(h, sliderEnds.kernelSize), size(w, sliderEnds.kernelSize)] as const;
      return hash && !shape.includes(0) ? { kind: 'custom', hash, shape } : null;
    }
    default:
      return null;
  }
}

/** A finite float32. */
function parseBias(value: unknown): number {
  return typeof value === 'number' && Number.isFinite(Math.fround(value)) ? value : 0;
}
