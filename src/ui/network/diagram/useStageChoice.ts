/** Choosing a stage of the strip, and opening and closing blocks, by keys and by click. */
import type { KeyboardEvent } from 'react';
import type { Stage } from '../../../graph/network/stages.ts';
import type { StripItem } from '../../../views/network/strip/strip.ts';
import { useExplore } from '../explore/useExplore.ts';
import { useLook } from '../network.tsx';
import type { Diagram } from './useDiagram.ts';

export interface StageChoice {
  readonly choose: (stage: Stage) => void;
  readonly openBlock: (block: string) => void;
  readonly closeBlock: (block: string) => void;
  readonly onKeyDown: (event: KeyboardEvent) => void;
}

export function useStageChoice({ strip, plan, open, brackets }: Diagram, chosen: StripItem | null): StageChoice {
  const look = useLook();
  const explore = useExplore(plan);
  const options = strip.items.filter(({ stage }) => isOption(stage));
  const choose = ({ end, members }: Stage) => {
    // A stage that cannot be had has no maps to look at.
    const layer = plan.shapes[end] ? end : members.findLast((id) => plan.shapes[id]);
    if (layer !== undefined) look({ layer });
  };
  const openBlock = (block: string) => look({ open: [...open, block] });
  const closeBlock = (block: string) =>
    look({ open: open.filter((other) => other !== block && !other.startsWith(`${block}.`)) });
  /** The innermost open block around the chosen stage. */
  const around = () =>
    chosen && brackets.findLast(({ block }) => chosen.stage.members.every((id) => id.startsWith(`${block}.`)))?.block;
  const inLanes = (down: boolean) => {
    if (!chosen) return undefined;
    const others = options.filter(({ lane }) => (down ? lane > chosen.lane : lane < chosen.lane));
    const distance = ({ column, lane }: StripItem) =>
      Math.abs(column - chosen.column) * 100 + Math.abs(lane - chosen.lane);
    return others.sort((a, b) => distance(a) - distance(b))[0];
  };
  return {
    ...{ choose, openBlock, closeBlock },
    onKeyDown(event) {
      if (event.ctrlKey || event.metaKey || event.altKey) return;
      const at = chosen ? options.indexOf(chosen) : options.length;
      let next: StripItem | undefined;
      switch (event.key) {
        case 'ArrowLeft':
          next = options[Math.max(0, at - 1)];
          break;
        case 'ArrowRight':
          next = options[Math.min(options.length - 1, at + 1)];
          break;
        case 'ArrowUp':
        case 'ArrowDown':
          next = inLanes(event.key === 'ArrowDown');
          break;
        case 'Home':
          next = options[0];
          break;
        case 'End':
          next = options.at(-1);
          break;
        case 'Enter':
          if (chosen?.stage.block) openBlock(chosen.stage.block);
          break;
        case 'e':
        case 'E':
          if (chosen) explore.openFirst(chosen.stage.members);
          break;
        case 'Backspace': {
          const block = around();
          if (block) closeBlock(block);
          break;
        }
        default:
          return;
      }
      event.preventDefault();
      if (next) choose(next.stage);
    },
  };
}

/** The picture is what all layers read, and none of them. */
export const isOption = ({ operator }: Stage) => operator?.kind !== 'input';
