/** The running desk of "What is lost" as React sees it. */
import { createContext, useContext } from 'react';
import { useTranslation } from 'react-i18next';
import { useStore } from 'zustand';
import { convOfLoss, type LossDesk, type LossResults } from '../../../live/compare/loss/lossDesk.ts';
import { sizeOn } from '../../../live/compare/loss/substitutes.ts';
import type { Conv2d } from '../../../operators/conv2d/attributes.ts';
import type { LossState, Substitute } from '../../../store/loss.ts';
import { useWorkspace } from '../../session.tsx';

const LossContext = createContext<LossDesk | null>(null);
export const LossProvider = LossContext.Provider;

export function useLossDesk(): LossDesk {
  const desk = useContext(LossContext);
  if (!desk) throw new Error('useLossDesk outside of LossProvider');
  return desk;
}

export function useLoss<T>(select: (state: LossResults) => T): T {
  return useStore(useLossDesk().results, select);
}

export function useLossState(): LossState {
  return useWorkspace((state) => state.workspace.compare.loss);
}

/** The convolution that is to be replaced. */
export function useLossConv(): Conv2d {
  return useWorkspace(({ workspace }) => convOfLoss(workspace.compare.loss, workspace));
}

/** Changes the state; `subject` names the control whose changes join to one step of undo. */
export function useSetLoss() {
  const setCompare = useWorkspace((state) => state.setCompare);
  return (subject: string | null, change: (loss: LossState) => LossState) =>
    setCompare(subject && `loss/${subject}`, (now) => ({ ...now, loss: change(now.loss) }));
}

/** A substitute in words: its kind, and its number with its name. */
export function useSubstituteWords() {
  const { t } = useTranslation('loss');
  const conv = useLossConv();
  return (substitute: Substitute): string => {
    const { kind } = substitute;
    const name = t(`kinds.${kind}`);
    return kind === 'pointwise' ? name : `${name}, ${t(`sizes.${kind}`)} ${sizeOn(substitute, conv)}`;
  };
}
