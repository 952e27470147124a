/** What of the field is shown, and which effective field is measured: a part of the view, which a reload and a link bring back. */
import { type EffectView, readEffectView, writeEffectView } from '../../../../store/effectView.ts';
import { useSession, useWorkspace } from '../../../session.tsx';

export type ChooseEffect = (change: Partial<EffectView>) => void;

export function useEffectChoice(): readonly [EffectView, ChooseEffect] {
  const { workspace } = useSession();
  const text = useWorkspace((state) => state.workspace.view.network.effect);
  const choose: ChooseEffect = (change) => {
    const { setView, workspace: now } = workspace.getState();
    const { network } = now.view;
    setView({ network: { ...network, effect: writeEffectView({ ...readEffectView(network.effect), ...change }) } });
  };
  return [readEffectView(text), choose];
}
