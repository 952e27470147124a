// Depthwise transposed convolution, phase by phase (lib/phases.wgsl says what a phase is): every channel by itself, four in a vec4.
//
//   Y[c, u, v] = epilogue(bias[c] + sum over (q, a), (r, b) of W[c, a, b] X[c, q, r])    u = q sy + a dy - top, v = r sx + b dx - left
//
// X, Y  NC4HW4. Element 0 of X is 0 for ever: taps outside the input read it.
// W     vec4 [block of 4 channels] { bias, [kh][kw] }
//
// One invocation computes P outputs of one column of a phase, pitchY apart in the phase, so that the input rows it reads are pitchY apart
// too: P + T - 1 loads for each of the phase's kernel columns feed P*T multiply-adds, where T is the most rows of the kernel that any
// phase has. Rows that a phase lacks are zero weights. The text depends on P and T.
// Grid: as transposed; a phase's invocation id = strip of rows * columns + column.
//#include phases

@compute @workgroup_size(64)
fn main(@builtin(workgroup_id) group: vec3u, @builtin(local_invocation_index) local: u32) {
  let number = u.firstGroup + group.y * u.perRow + group.x;
  if (number >= u.groupEnd) { return; }
  let phases = u.strideY * u.strideX;
  let firstRow = number % phases / u.strideX;
  let firstColumn = number % u.strideX;
  let rows = phaseOf(firstRow, u.outputHeight, u.strideY, u.dilationY, u.commonY, u.inverseY, u.kernelHeight, u.top);
  let columns = phaseOf(firstColumn, u.outputWidth, u.strideX, u.dilationX, u.commonX, u.inverseX, u.kernelWidth, u.left);
  let stepY = u.strideY / u.commonY;
  let stepX = u.strideX / u.commonX;
  let pitchY = u.dilationY / u.commonY;
  let pitchX = u.dilationX / u.commonX;
  let invocations = (rows.count + $P * pitchY - 1u) / ($P * pitchY) * pitchY * columns.count;
  let id = number / phases * 64u + local;
  if (id >= invocations) { return; }
  let slot = u.firstSlot + group.z;
  let image = slot / u.boundBlocks;
  let boundBlock = slot % u.boundBlocks;
  let filterBlock = u.firstBound + boundBlock;
  let strip = id / columns.count;
  let n = id % columns.count;
  let m = strip / pitchY * ($P * pitchY) + strip % pitchY;

  // Row r of the window is q + r pitchY; output j reads row j + T - 1 - i under tap i. Above the input q wraps to a huge number.
  let q = u32(rows.source + i32(m)) - $(T-1) * pitchY;
  //#for r in 0..P+T-1
  let ok_$r = q + $r * pitchY < u.inputHeight;
  //#end
  let rowPitch = pitchY * u.inputWidth;
  let base = u.inputBase + image * u.inputImage + filterBlock * u.inputPlane + q * u.inputWidth;
  let weights = boundBlock * u.weightsPerBlock;
  let bias = W[weights];
  //#for j in 0..P
  var a_$j = bias;
  //#end
  for (var kx = 0u; kx < columns.taps; kx++) {
    let x = u32(columns.source + i32(n)) - kx * pitchX;
    let inside = x < u.inputWidth;
    //#for r in 0..P+T-1
    let f_$r = X[select(0u, base + x + $r * rowPitch, inside & ok_$r)];
    //#end
    let tap = weights + 1u + rows.tap * u.kernelWidth + columns.tap + kx * stepX;
    //#for i in 0..T
    let w_$i = select(vec4f(0.0), W[tap + $i * stepY * u.kernelWidth], $i < rows.taps);
    //#for j in 0..P
    a_$j = fma(f_$(j+T-1-i), w_$i, a_$j);
    //#end
    //#end
  }
  let to = u.outputBase + image * u.outputImage + filterBlock * u.outputPlane + firstColumn + n * u.strideX;
  //#for j in 0..P
  if (m + $j * pitchY < rows.count) { store(to + (firstRow + (m + $j * pitchY) * u.strideY) * u.outputWidth, a_$j); }
  //#end
}
