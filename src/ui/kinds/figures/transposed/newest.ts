/**
 * Something that a figure computes beside the layer's maps. One run is in flight; of what is asked meanwhile only the newest is computed.
 * What was found owns tensors: it is freed when its successor is there, and when the figure goes.
 */
import { useEffect, useState } from 'react';
import type { Engine } from '../../../../engine/engine.ts';

export type Newest<Found> =
  | { readonly status: 'computing'; readonly found: Found | null }
  | { readonly status: 'ready'; readonly found: Found }
  | { readonly status: 'failed'; readonly found: null; readonly message: string };

/** How something is computed and let go again; `isStale` tells that something newer has been asked. */
export interface Computation<Asked, Found> {
  compute(engine: Engine, asked: Asked, isStale: () => boolean): Promise<Found>;
  free(found: Found): void;
}

export interface NewestRunner<Asked> {
  request(asked: Asked): void;
  stop(): void;
}

export function createNewestRunner<Asked, Found>(
  engine: Engine,
  { compute, free }: Computation<Asked, Found>,
  show: (state: Newest<Found>) => void,
): NewestRunner<Asked> {
  let wanted: { readonly asked: Asked } | null = null;
  let isRunning = false;
  let isStopped = false;
  let shown: Found | null = null;

  function replace(next: Found | null): void {
    if (shown !== null) free(shown);
    shown = next;
  }

  async function loop(): Promise<void> {
    isRunning = true;
    while (wanted && !isStopped) {
      const { asked } = wanted;
      wanted = null;
      try {
        const found = await compute(engine, asked, () => isStopped || wanted !== null);
        if (isStopped) free(found);
        else {
          show({ status: 'ready', found });
          replace(found);
        }
      } catch (error) {
        // Where something newer waits, what the older one read was freed meanwhile: nothing has gone wrong.
        if (!wanted && !isStopped) {
          show({ status: 'failed', found: null, message: error instanceof Error ? error.message : String(error) });
          replace(null);
        }
      }
    }
    isRunning = false;
  }

  return {
    request(asked) {
      wanted = { asked };
      if (!isRunning) void loop();
    },
    stop() {
      isStopped = true;
      replace(null);
    },
  };
}

/** `asked` and `computation` are compared by identity. */
export function useNewest<Asked, Found>(
  engine: Engine,
  asked: Asked,
  computation: Computation<Asked, Found>,
): Newest<Found> {
  const [state, setState] = useState<Newest<Found>>({ status: 'computing', found: null });
  const [runner, setRunner] = useState<NewestRunner<Asked> | null>(null);
  useEffect(() => {
    const created = createNewestRunner(engine, computation, setState);
    setRunner(created);
    return () => created.stop();
  }, [engine, computation]);
  useEffect(() => runner?.request(asked), [runner, asked]);
  return state;
}
