/**
 * The session of a figure inside of the page: stores and results of its own, over the page's photo and on the page's engine. Nothing
 * that is done in it changes the page's work, until it is opened there.
 */
import type { StartedEngine } from '../../engine/index.ts';
import { hashesOf } from '../../store/hashes.ts';
import type { Workspace } from '../../store/workspace.ts';
import { createSession } from '../createSession.ts';
import { keepBeside } from '../keeping.ts';
import type { ResultsState } from '../results.ts';
import type { Session } from '../session.ts';
import { leasedEngine } from './leasedEngine.ts';

/** `initial` is looked at first; its photo is replaced by the page's, now and whenever that changes. */
export async function createFigureSession(page: Session, initial: Workspace): Promise<Session> {
  const { photo } = page.workspace.getState().workspace.input;
  const figure = await createSession({
    choice: 'auto',
    keeping: keepBeside(page.blobs, { ...initial, input: { ...initial.input, photo } }),
    within: { startEngine: () => leaseWhenReady(page) },
  });
  const stops = [
    page.results.subscribe(({ running }, former) => {
      if (running !== former.running) void figure.chooseEngine('auto');
    }),
    page.workspace.subscribe(({ workspace }, former) => {
      const { photo: now } = workspace.input;
      if (now !== former.workspace.input.photo)
        figure.workspace.getState().setInput({ photo: now, painting: null, workingSize: null });
    }),
  ];
  return {
    ...figure,
    dispose() {
      for (const stop of stops) stop();
      figure.dispose();
    },
  };
}

/** The page's engine as soon as it runs. Rejects where the page has none and will have none. */
function leaseWhenReady({ results }: Session): Promise<StartedEngine> {
  return new Promise((resolve, reject) => {
    const settle = ({ engine, running }: ResultsState): boolean => {
      if (engine.status === 'failed') reject(new Error(engine.message));
      else if (engine.status === 'ready' && running) resolve({ engine: leasedEngine(running), reason: engine.reason });
      else return false;
      return true;
    };
    if (settle(results.getState())) return;
    const stop = results.subscribe((state) => {
      if (settle(state)) stop();
    });
  });
}

/** Opens a figure's state in the page, as one step: what was there before is one undo away. */
export async function openInPage(
  page: Session,
  figure: Session,
  change: (state: Workspace) => Workspace,
): Promise<void> {
  const state = change(figure.workspace.getState().workspace);
  for (const hash of hashesOf(state)) {
    const bytes = await figure.blobs.get(hash);
    if (bytes) await page.blobs.put(bytes);
  }
  page.workspace.getState().open(state);
}
