/** Rearrangements around the inner loops: a strided input into its phases, and rows with gaps into rows without. */

/**
 * Planes [height][width] into phases [stepY][stepX][ceil(height / stepY)][ceil(width / stepX)], so that a convolution with these
 * strides reads each of its taps contiguously. Only the first `phasesY` x `phasesX` phases are filled: a small kernel reads no others.
 */
export function split(
  from: usize,
  planes: i32,
  height: i32,
  width: i32,
  to: usize,
  stepY: i32,
  stepX: i32,
  phasesY: i32,
  phasesX: i32,
): void {
  const rows = (height + stepY - 1) / stepY;
  const columns = (width + stepX - 1) / stepX;
  const phase = rows * columns;
  for (let plane = 0; plane < planes; plane++) {
    for (let y = 0; y < height; y++) {
      const phaseY = y % stepY;
      if (phaseY >= phasesY) continue;
      const source = from + ((<usize>((plane * height + y) * width)) << 2);
      const target = to + ((<usize>((plane * stepY + phaseY) * stepX * phase + (y / stepY) * columns)) << 2);
      if (stepX == 2 && phasesX == 2) splitPairs(source, width, target, (<usize>phase) << 2);
      else
        for (let p = 0; p < phasesX; p++) pick(source + ((<usize>p) << 2), width - p, stepX, target + ((<usize>(p * phase)) << 2));
    }
  }
}

function pick(from: usize, width: i32, step: i32, to: usize): void {
  const stride = (<usize>step) << 2;
  for (let x = 0; x < width; x += step) {
    store<f32>(to, load<f32>(from));
    from += stride;
    to += 4;
  }
}

/** A row into its even and its odd columns, eight columns at a time. */
function splitPairs(from: usize, width: i32, to: usize, phase: usize): void {
  let x = 0;
  for (; x + 8 <= width; x += 8) {
    const a = v128.load(from);
    const b = v128.load(from, 16);
    v128.store(to, v128.shuffle<f32>(a, b, 0, 2, 4, 6));
    v128.store(to + phase, v128.shuffle<f32>(a, b, 1, 3, 5, 7));
    from += 32;
    to += 16;
  }
  for (; x < width; x += 2) {
    store<f32>(to, load<f32>(from));
    if (x + 1 < width) store<f32>(to + phase, load<f32>(from, 4));
    from += 8;
    to += 4;
  }
}

/** Moves rows that stand `pitch` bytes apart, in planes `plane` bytes apart, together in place. */
export function compact(at: usize, planes: i32, plane: usize, rows: i32, pitch: usize, width: i32): void {
  let to = at;
  for (let p = 0; p < planes; p++) {
    for (let row = 0; row < rows; row++) {
      let from = at + <usize>p * plane + <usize>row * pitch;
      let x = 0;
      for (; x + 4 <= width; x += 4) {
        v128.store(to, v128.load(from));
        from += 16;
        to += 16;
      }
      for (; x < width; x++) {
        store<f32>(to, load<f32>(from));
        from += 4;
        to += 4;
      }
    }
  }
}
