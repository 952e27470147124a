/**
 * How many bytes the engine may hold on this machine: an eighth of its memory where the browser tells that, between 256 MiB and
 * 1 GiB. Where it does not, a phone is taken for a small machine: there a page that takes more is ended by the system.
 */
export interface Machine {
  /** In GiB, as `navigator.deviceMemory` rounds it; null where the browser does not say. */
  readonly memoryGiB: number | null;
  /** The main pointer is a finger. */
  readonly hasCoarsePointer: boolean;
  /** The shorter side of the screen, in CSS pixels. */
  readonly screenSide: number;
}

const gibibyte = 1024 ** 3;
const least = gibibyte / 4;
const most = gibibyte;
/** Phones are narrower, tablets wider. */
const smallScreen = 600;

export function memoryBudgetOf({ memoryGiB, hasCoarsePointer, screenSide }: Machine): number {
  if (memoryGiB !== null) return Math.min(most, Math.max(least, (memoryGiB * gibibyte) / 8));
  return hasCoarsePointer && screenSide < smallScreen ? least : most;
}

export function thisMachine(): Machine {
  // Chromium alone has it, and on secure origins only.
  const told: unknown = 'deviceMemory' in navigator ? navigator.deviceMemory : null;
  return {
    memoryGiB: typeof told === 'number' && told > 0 ? told : null,
    hasCoarsePointer: matchMedia('(pointer: coarse)').matches,
    screenSide: Math.min(screen.width, screen.height),
  };
}
