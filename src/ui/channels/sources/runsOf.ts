/** The networks that the Train screen has trained here; who has never been there has none, and loads nothing for it. */
import type { Session } from '../../../live/session.ts';
import type { NetworkOfRun } from '../../../live/train/trainedNetworks.ts';

/** Rejects with EngineError. */
export async function runsOf(session: Session): Promise<readonly NetworkOfRun[]> {
  if (session.workspace.getState().workspace.train === null) return [];
  const { trainedNetworks } = await import('../../../live/train/trainedNetworks.ts');
  return (await trainedNetworks(session)).filter(({ step }) => step > 0);
}
