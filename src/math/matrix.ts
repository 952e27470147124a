/** Dense matrices in float64, row-major: as much of them as least squares needs. */

export interface Matrix {
  readonly rows: number;
  readonly columns: number;
  /** Entry (i, j) at i * columns + j. */
  readonly values: Float64Array;
}

/** A matrix of zeros, or of `values` (kept, not copied; rows * columns of them). */
export function matrix(rows: number, columns: number, values = new Float64Array(rows * columns)): Matrix {
  if (values.length !== rows * columns) throw new Error(`${values.length} values are no ${rows} x ${columns} matrix`);
  return { rows, columns, values };
}

/** Row `i` of a matrix, as a view. */
export function rowOf({ columns, values }: Matrix, i: number): Float64Array {
  return values.subarray(i * columns, (i + 1) * columns);
}

/** y += factor * x, entry by entry. */
export function addScaled(y: Float64Array, factor: number, x: Float64Array): void {
  for (let i = 0; i < y.length; i++) y[i] = y[i]! + factor * x[i]!;
}

/** Σ x y in four sums side by side: one alone waits for each of its additions. */
export function dot(x: Float64Array, y: Float64Array): number {
  let [s0, s1, s2, s3] = [0, 0, 0, 0];
  const whole = x.length - (x.length % 4);
  for (let i = 0; i < whole; i += 4) {
    s0 += x[i]! * y[i]!;
    s1 += x[i + 1]! * y[i + 1]!;
    s2 += x[i + 2]! * y[i + 2]!;
    s3 += x[i + 3]! * y[i + 3]!;
  }
  for (let i = whole; i < x.length; i++) s0 += x[i]! * y[i]!;
  return s0 + s1 + (s2 + s3);
}

/** A B: [n, k] times [k, m]. Four rows of B at a time: each entry of the product is read and written a quarter as often. */
export function multiply(a: Matrix, b: Matrix): Matrix {
  if (a.columns !== b.rows) throw new Error(`${a.rows} x ${a.columns} times ${b.rows} x ${b.columns}`);
  const product = matrix(a.rows, b.columns);
  const whole = a.columns - (a.columns % 4);
  for (let i = 0; i < a.rows; i++) {
    const target = rowOf(product, i);
    const factors = rowOf(a, i);
    for (let k = 0; k < whole; k += 4) {
      const [f0, f1, f2, f3] = [factors[k]!, factors[k + 1]!, factors[k + 2]!, factors[k + 3]!];
      const [b0, b1, b2, b3] = [rowOf(b, k), rowOf(b, k + 1), rowOf(b, k + 2), rowOf(b, k + 3)];
      for (let j = 0; j < target.length; j++)
        target[j] = target[j]! + (f0 * b0[j]! + f1 * b1[j]! + (f2 * b2[j]! + f3 * b3[j]!));
    }
    for (let k = whole; k < a.columns; k++) addScaled(target, factors[k]!, rowOf(b, k));
  }
  return product;
}

export function transposed({ rows, columns, values }: Matrix): Matrix {
  const turned = new Float64Array(values.length);
  for (let i = 0; i < rows; i++) for (let j = 0; j < columns; j++) turned[j * rows + i] = values[i * columns + j]!;
  return matrix(columns, rows, turned);
}

/** A - B, of one shape. */
export function difference(a: Matrix, b: Matrix): Matrix {
  return matrix(
    a.rows,
    a.columns,
    a.values.map((value, i) => value - b.values[i]!),
  );
}

/** The part of a matrix at the given rows and columns, in their order. */
export function submatrix(a: Matrix, rows: ArrayLike<number>, columns: ArrayLike<number>): Matrix {
  const part = matrix(rows.length, columns.length);
  let at = 0;
  for (let i = 0; i < rows.length; i++)
    for (let j = 0; j < columns.length; j++) part.values[at++] = a.values[rows[i]! * a.columns + columns[j]!]!;
  return part;
}
