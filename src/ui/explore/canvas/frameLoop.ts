/** Draws at most once per animation frame, and only when something has been said to have changed. */
export interface FrameLoop<Part extends string> {
  invalidate(part: Part): void;
  stop(): void;
}

export function frameLoop<Part extends string>(draw: (changed: ReadonlySet<Part>) => void): FrameLoop<Part> {
  let handle: number | null = null;
  let changed = new Set<Part>();
  return {
    invalidate(part) {
      changed.add(part);
      handle ??= requestAnimationFrame(() => {
        handle = null;
        const parts = changed;
        changed = new Set();
        draw(parts);
      });
    },
    stop() {
      if (handle !== null) cancelAnimationFrame(handle);
      handle = null;
    },
  };
}
