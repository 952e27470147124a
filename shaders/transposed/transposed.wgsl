// Transposed convolution, phase by phase.
//
//   Y[c, u, v] = bias[c] + sum over ci, (q, a), (r, b) of W[ci, c, a, b] X[ci, q, r]    u = q sy + a dy - top, v = r sx + b dx - left
//
// The outputs first, first + sy, ... of a column are a phase: they all have the same remainder (u + top) mod sy, so the same taps reach
// them, every stepY-th from `tap` on (stepY = sy / gcd(sy, dy)), and where output m of the phase reads row source + m under its first
// tap, it reads row source + m - i pitchY under its i-th (pitchY = dy / gcd(sy, dy)). Likewise along a row. So each of the sy sx phases
// is a convolution with stride 1 and its own share of the kernel: no tap is tested in vain, no product is with a stretched zero.
//
// BLOCKS    X NC4HW4, W [group][block of C filters] { bias[C], [kh][kw][Cin/g/4][4][C] }: as dense
// PLANES    X planar, W the same with [kh][kw][Cin/g][C]: few channels, or groups that do not come in fours
// DEPTHWISE X NC4HW4, W [block of 4 channels] { bias[4], [kh][kw][4] }: every channel by itself, four in a vec4
// Y         NC4HW4 [N, Cout/4, OH, OW].
// Element 0 of X is 0 for ever: taps outside the input read it.
//
// One invocation computes P outputs of one phase for C filters: P*C accumulators, as text. Workgroups of 64; a tile is the workgroups of
// all phases side by side, because they write neighbouring outputs and read the same inputs. Grid: x, y = tiles times phases in rows of
// `perRow` workgroups, z = blocks of filters (weights at uniform addresses) of all images.
//#if BROADCAST
enable subgroups;
diagnostic(off, subgroup_uniformity);
//#end
struct Transposed {
  inputBase: u32,      // in elements of X
  inputPlane: u32,
  inputImage: u32,
  inputHeight: u32,
  inputWidth: u32,
  outputBase: u32,     // in vec4
  outputPlane: u32,
  outputImage: u32,
  outputHeight: u32,
  outputWidth: u32,
  firstGroup: u32,     // of the workgroups along x and y, one past the last, and how many stand in a row
  groupEnd: u32,
  perRow: u32,
  firstBlock: u32,     // of the blocks along z
  blocks: u32,         // of one image
  strideY: u32,
  strideX: u32,
  dilationY: u32,
  dilationX: u32,
  top: u32,
  left: u32,
  commonY: u32,        // gcd(stride, dilation)
  commonX: u32,
  inverseY: u32,       // of dilation / common, modulo stride / common
  inverseX: u32,
  kernelHeight: u32,
  kernelWidth: u32,
  inChannels: u32,     // per group: blocks of four, or channels (PLANES); 1 (DEPTHWISE)
  outChannels: u32,    // per group; all (DEPTHWISE)
  blocksPerGroup: u32,
  weightsPerTap: u32,  // in vec4
  weightsPerBlock: u32,
}
@group(0) @binding(0) var<uniform> u: Transposed;
//#if PLANES
@group(0) @binding(1) var<storage, read> X: array<f32>;
//#else
@group(0) @binding(1) var<storage, read> X: array<vec4f>;
//#end
//#include weights
//#include target

struct Phase {
  count: u32,          // outputs
  taps: u32,
  tap: u32,            // the first
  source: i32,         // the input under it, for the phase's first output
}

// The phase whose first output is `first`.
fn phaseOf(first: u32, size: u32, stride: u32, dilation: u32, divisor: u32, inverse: u32, kernel: u32, crop: u32) -> Phase {
  var phase: Phase;
  if (first < size) { phase.count = (size - 1u - first) / stride + 1u; }
  let remainder = (first + crop) % stride;
  if (remainder % divisor != 0u) { return phase; }
  let step = stride / divisor;
  phase.tap = remainder / divisor * inverse % step;
  if (phase.tap < kernel) { phase.taps = (kernel - 1u - phase.tap) / step + 1u; }
  phase.source = (i32(first + crop) - i32(phase.tap * dilation)) / i32(stride);
  return phase;
}

@compute @workgroup_size(64)
fn main(
  @builtin(workgroup_id) group: vec3u,
  @builtin(local_invocation_index) local: u32,
  //#if BROADCAST
  @builtin(subgroup_invocation_id) lane: u32,
  //#end
) {
  let number = u.firstGroup + group.y * u.perRow + group.x;
  if (number >= u.groupEnd) { return; }
  let phases = u.strideY * u.strideX;
  let firstRow = number % phases / u.strideX;
  let firstColumn = number % u.strideX;
  let rows = phaseOf(firstRow, u.outputHeight, u.strideY, u.dilationY, u.commonY, u.inverseY, u.kernelHeight, u.top);
  let columns = phaseOf(firstColumn, u.outputWidth, u.strideX, u.dilationX, u.commonX, u.inverseX, u.kernelWidth, u.left);
  let pixels = rows.count * columns.count;
  let invocations = (pixels + $(P-1)) / $P;
  let id = number / phases * 64u + local;
  //#if BROADCAST
  let quad = lane & 3u;
  if (id - quad >= invocations) { return; }
  //#else
  if (id >= invocations) { return; }
  //#end
  let slot = u.firstBlock + group.z;
  let image = slot / u.blocks;
  let filterBlock = slot % u.blocks;
  let filterGroup = filterBlock / u.blocksPerGroup;
  //#if DEPTHWISE
  let base = u.inputBase + image * u.inputImage + filterBlock * u.inputPlane;
  //#else
  let base = u.inputBase + image * u.inputImage + filterGroup * u.inChannels * u.inputPlane;
  //#end
  //#for j in 0..P
  let pixel_$j = id + $j * invocations;
  let m_$j = pixel_$j / columns.count;
  let n_$j = pixel_$j % columns.count;
  let q_$j = u32(rows.source + i32(m_$j));
  let r_$j = u32(columns.source + i32(n_$j));
  //#end

  let weights = filterBlock * u.weightsPerBlock;
  //#for v in 0..V
  let bias_$v = W[weights + $v];
  //#for j in 0..P
  var a_$j_$v = bias_$v;
  //#end
  //#end
  let stepY = u.strideY / u.commonY;
  let stepX = u.strideX / u.commonX;
  let pitchY = u.dilationY / u.commonY;
  let pitchX = u.dilationX / u.commonX;
  for (var ky = 0u; ky < rows.taps; ky++) {
    for (var kx = 0u; kx < columns.taps; kx++) {
      let tap = (rows.tap + ky * stepY) * u.kernelWidth + columns.tap + kx * stepX;
      var wi = weights + $V + tap * u.weightsPerTap;
      //#for j in 0..P
      // Above or left of the input the position wraps to a huge number.
      let y_$j = q_$j - ky * pitchY;
      let x_$j = r_$j - kx * pitchX;
      let inside_$j = y_$j < u.inputHeight && x_$j < u.inputWidth;
      var i_$j = select(0u, base + y_$j * u.inputWidth + x_$j, inside_$j);
      //#if !DEPTHWISE
      let step_$j = select(0u, u.inputPlane, inside_$j);
      //#end
      //#end
      //#if DEPTHWISE
      let w = W[wi];
      //#for j in 0..P
      a_$j_0 = fma(X[i_$j], w, a_$j_0);
      //#end
      //#else
      for (var k = 0u; k < u.inChannels; k++) {
        //#if PLANES
        //#for j in 0..P
        let f_$j = vec4f(X[i_$j]);
        i_$j += step_$j;
        //#end
        //#include multiplyPlane
        //#else
        //#for j in 0..P
        let f_$j = X[i_$j];
        i_$j += step_$j;
        //#end
        //#include multiply
        //#end
      }
      //#end
    }
  }
  //#for j in 0..P
  //#if BROADCAST
  let isMine_$j = pixel_$j < pixels && id < invocations;
  //#else
  let isMine_$j = pixel_$j < pixels;
  //#end
  let row_$j = firstRow + m_$j * u.strideY;
  let at_$j = u.outputBase + image * u.outputImage + row_$j * u.outputWidth + firstColumn + n_$j * u.strideX;
  //#end
  //#include filters
}
