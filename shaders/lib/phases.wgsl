// What the programs of transposed convolution share: their numbers, bindings and phases.
//
// The outputs first, first + sy, ... of a column are a phase: they all have the same remainder (u + top) mod sy, so the same taps reach
// them, every stepY-th from `tap` on (stepY = sy / gcd(sy, dy)), and where output m of the phase reads row source + m under its first
// tap, it reads row source + m - i pitchY under its i-th (pitchY = dy / gcd(sy, dy)). Likewise along a row. So each of the sy sx phases
// is a convolution with stride 1 and its own share of the kernel: no tap is tested in vain, no product is with a stretched zero.
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
  firstSlot: u32,      // of the bound blocks of all images along z
  firstBound: u32,     // of the blocks of filters, the one that W begins with, and how many are bound
  boundBlocks: u32,
  blocks: u32,         // of filters: all
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
  inChannels: u32,     // per group: blocks of four, or channels (PLANES)
  outChannels: u32,    // per group; all of a depthwise layer
  blocksPerGroup: u32,
  weightsPerTap: u32,  // in vec4
  weightsPerBlock: u32,
  slope: f32,          // of the epilogue
  cap: f32,
}
@group(0) @binding(0) var<uniform> u: Transposed;
//#if PLANES
@group(0) @binding(1) var<storage, read> X: array<f32>;
//#else
@group(0) @binding(1) var<storage, read> X: array<vec4f>;
//#end
//#include weights
//#include output

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
