/** How large the working picture is, as the page asks for it and as the photo desk makes it. */
import { longestSide } from './photo.ts';

/**
 * The size of a picture whose longest side shall be `workingSize`: the aspect ratio is kept (the short side rounded, at least 1),
 * and nothing is enlarged.
 */
export function workingDimensions(
  fullWidth: number,
  fullHeight: number,
  workingSize: number,
): { width: number; height: number } {
  const long = Math.max(fullWidth, fullHeight);
  const size = Math.max(1, Math.min(long, longestSide, Math.round(workingSize)));
  const scaled = (side: number) => Math.max(1, Math.round((side * size) / long));
  return { width: scaled(fullWidth), height: scaled(fullHeight) };
}

/**
 * The first choice of working size: what convolves at the rate of a dragged slider on the device, and never more than the photo's
 * longest side.
 */
export function firstWorkingSize(width: number, height: number, engine: 'webgpu' | 'cpu', isFallback: boolean): number {
  return Math.min(Math.max(width, height), engine === 'webgpu' && !isFallback ? 512 : 256);
}

/** The working size at which a picture's shorter side, or its longer one, has at least `pixels`; never more than the photo has. */
export function workingSizeFor(width: number, height: number, pixels: number, side: 'shorter' | 'longer'): number {
  const [short, long] = [Math.min(width, height), Math.max(width, height)];
  return Math.min(long, longestSide, side === 'longer' ? pixels : Math.ceil((pixels * long) / short));
}
