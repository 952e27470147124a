/**
 * What Explore asks of the engine while it looks at a layer of another kind. Banks and the rules of the operators may have to be fetched
 * first: until then nothing is wanted, and `onReady` tells when something is. The same state on the same photo gives the same objects.
 */
import { loadBank } from '../../formats/learnedBank.ts';
import { activationNodeAfter } from '../../graph/explore.ts';
import { isOfOneSize } from '../../graph/layers/kinds.ts';
import type { LearnedBank } from '../../graph/weights/filterState.ts';
import { learnedBankOf } from '../../graph/weights/layerFilters.ts';
import type { LearnedData } from '../../graph/weights/materialise.ts';
// The rules of every operator that a kind may have: whoever has this file has them.
import '../../operators/late.ts';
import type { KindState } from '../../store/kind.ts';
import type { Picture, Problem } from '../results.ts';
import type { Wanted } from '../runner.ts';
import { kindNetwork } from './kindNetwork.ts';
import { smallPicture, smallSize } from './smallPicture.ts';

interface KindDeskOptions {
  readonly onReady: () => void;
  readonly onProblem: (problem: Problem) => void;
}

export interface KindDesk {
  /** Null while something is being fetched. Throws where the layer has no output on this picture. */
  wantedOf(state: KindState, picture: Picture, keepLinear: boolean): Wanted | null;
}

export function createKindDesk({ onReady, onProblem }: KindDeskOptions): KindDesk {
  const banks = new Map<LearnedBank, LearnedData>();
  const fetching = new Set<LearnedBank>();
  let last: {
    readonly state: KindState;
    readonly picture: Picture;
    readonly keepLinear: boolean;
    readonly wanted: Wanted;
  } | null = null;
  let small: { readonly of: Picture; readonly picture: Picture } | null = null;

  async function fetchBank(name: LearnedBank): Promise<void> {
    if (fetching.has(name)) return;
    fetching.add(name);
    const loaded = await loadBank(name);
    fetching.delete(name);
    if (loaded.ok) {
      banks.set(name, { values: loaded.value.weight, shape: loaded.value.shape });
      onReady();
    } else onProblem({ kind: 'file', code: loaded.error.code, values: { ...loaded.error.values, part: name, name } });
  }

  /** What a kind reads: the photo, or for a weight at every place its small version. */
  function pictureFor({ kind, bank, attributes }: KindState, picture: Picture): Picture {
    if (kind !== 'locally_connected' && kind !== 'linear') return picture;
    const { outChannels, kernelSize } = attributes;
    const inChannels = bank?.channels ?? picture.channels;
    const [height, width] = smallSize({ kind, inChannels, outChannels, kernelSize }, [picture.height, picture.width]);
    if (small?.of !== picture || small.picture.height !== height || small.picture.width !== width)
      small = { of: picture, picture: smallPicture(picture, [height, width]) };
    return small.picture;
  }

  return {
    wantedOf(state, picture, keepLinear) {
      if (last?.state === state && last.picture === picture && last.keepLinear === keepLinear) return last.wanted;
      const learned = state.bank && learnedBankOf(state.bank.name);
      if (learned && !banks.has(learned)) {
        void fetchBank(learned);
        return null;
      }
      const read = isOfOneSize(state.kind) ? pictureFor(state, picture) : picture;
      const sources = { learned: (name: LearnedBank) => banks.get(name) ?? null, custom: () => null };
      const { graph, parameters, kind } = kindNetwork(state, read, picture, sources);
      const focus = kind.nodes.at(-1)!.id;
      const wanted: Wanted = {
        graph,
        parameters,
        picture: read,
        focus,
        shown: activationNodeAfter(graph, focus)?.id ?? focus,
        isLinear: state.activation === 'none',
        keepLinear,
        kind,
      };
      last = { state, picture, keepLinear, wanted };
      return wanted;
    },
  };
}
