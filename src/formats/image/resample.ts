/**
 * The one resampler: area averaging (box filter) in exact integers. Output pixel x of w covers the source interval
 * [xW/w, (x+1)W/w); in units of 1/w every overlap is an integer and the overlaps of one output pixel add up to W. So
 *
 *   alpha = round( sum(wx wy a) / (W H) )        colour = round( sum(wx wy a c) / sum(wx wy a) )
 *
 * with every sum an integer below W H 255^2 < 2^53: no rounding but the last one, hence the same bytes everywhere. Colours are
 * weighted by alpha, so the colour of transparent pixels never bleeds. Averages are of sRGB bytes, as in Pillow and OpenCV.
 */

/** Straight RGBA bytes, row-major. */
export interface Raster {
  readonly rgba: Uint8ClampedArray<ArrayBuffer>;
  readonly width: number;
  readonly height: number;
}

/** Takes source rows from top to bottom and gives the shrunk picture: large sources need not be in memory at once. */
export class AreaAverager {
  readonly #width: number;
  readonly #height: number;
  readonly #sourceWidth: number;
  readonly #sourceHeight: number;
  readonly #output: Uint8ClampedArray<ArrayBuffer>;
  /** Of the output row being filled, per pixel: sums of weight x alpha x (r, g, b), and of weight x alpha. */
  readonly #sums: Float64Array;
  readonly #row: Float64Array;
  #sourceRow = 0;
  #outputRow = 0;

  /** Throws RangeError when it would enlarge. */
  constructor(sourceWidth: number, sourceHeight: number, width: number, height: number) {
    if (width > sourceWidth || height > sourceHeight || width < 1 || height < 1) {
      throw new RangeError(`cannot average ${sourceWidth}x${sourceHeight} to ${width}x${height}`);
    }
    this.#sourceWidth = sourceWidth;
    this.#sourceHeight = sourceHeight;
    this.#width = width;
    this.#height = height;
    this.#output = new Uint8ClampedArray(width * height * 4);
    this.#sums = new Float64Array(width * 4);
    this.#row = new Float64Array(width * 4);
  }

  /** Adds the next source row: RGBA bytes from `offset` on. */
  addRow(rgba: Uint8ClampedArray, offset: number): void {
    this.#averageRow(rgba, offset);
    const [h, H] = [this.#height, this.#sourceHeight];
    const top = this.#sourceRow * h;
    const bottom = top + h;
    const boundary = (this.#outputRow + 1) * H;
    this.#accumulate(Math.min(bottom, boundary) - top);
    if (bottom >= boundary) {
      this.#emitRow();
      if (bottom > boundary) this.#accumulate(bottom - boundary);
    }
    this.#sourceRow += 1;
  }

  /** The picture, after all source rows have been added. */
  finish(): Raster {
    if (this.#outputRow !== this.#height) throw new RangeError('rows are missing');
    return { rgba: this.#output, width: this.#width, height: this.#height };
  }

  /** One source row → sums over x, each weighted by the overlap. */
  #averageRow(rgba: Uint8ClampedArray, offset: number): void {
    const [w, W, row] = [this.#width, this.#sourceWidth, this.#row];
    row.fill(0);
    let x = 0;
    let boundary = W;
    for (let i = 0; i < W; i++) {
      const at = offset + 4 * i;
      const alpha = rgba[at + 3]!;
      const right = (i + 1) * w;
      const inside = Math.min(right, boundary) - i * w;
      addPixel(row, 4 * x, inside * alpha, rgba, at);
      if (right >= boundary) {
        x += 1;
        if (right > boundary) addPixel(row, 4 * x, (right - boundary) * alpha, rgba, at);
        boundary += W;
      }
    }
  }

  #accumulate(weight: number): void {
    const [sums, row] = [this.#sums, this.#row];
    for (let i = 0; i < sums.length; i++) sums[i] = sums[i]! + weight * row[i]!;
  }

  #emitRow(): void {
    const [sums, output] = [this.#sums, this.#output];
    const area = this.#sourceWidth * this.#sourceHeight;
    let at = this.#outputRow * this.#width * 4;
    for (let i = 0; i < sums.length; i += 4) {
      const alpha = sums[i + 3]!;
      for (let channel = 0; channel < 3; channel++) {
        output[at++] = alpha === 0 ? 0 : Math.floor(sums[i + channel]! / alpha + 0.5);
      }
      output[at++] = Math.floor(alpha / area + 0.5);
    }
    sums.fill(0);
    this.#outputRow += 1;
  }
}

function addPixel(row: Float64Array, to: number, weight: number, rgba: Uint8ClampedArray, at: number): void {
  row[to] = row[to]! + weight * rgba[at]!;
  row[to + 1] = row[to + 1]! + weight * rgba[at + 1]!;
  row[to + 2] = row[to + 2]! + weight * rgba[at + 2]!;
  row[to + 3] = row[to + 3]! + weight;
}

/** Shrinks to width x height; neither may exceed the source's. The same size gives a copy. */
export function resample(source: Raster, width: number, height: number): Raster {
  if (width === source.width && height === source.height) return { ...source, rgba: source.rgba.slice() };
  const averager = new AreaAverager(source.width, source.height, width, height);
  for (let y = 0; y < source.height; y++) averager.addRow(source.rgba, y * source.width * 4);
  return averager.finish();
}
