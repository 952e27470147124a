// The numbers of one convolution dispatch, shared by window, taps and dense: y = epilogue(bias + sum w x).
// Everything about shapes is here and nothing of it in the text, so a moving slider compiles nothing.
//
// Positions are relative to the arrays at hand: an array may be a whole tensor or a box cut out of one, and `offsetY`, `offsetX`
// say where the window of its output (0, 0) starts in the input array (-padding when both are whole). Element 0 of every
// activation buffer is zero for ever: padding is read there, without a branch.
// `src/operators/programs/uniforms.ts` declares the same struct; a test holds the two together.
struct Convolution {
  // Input, in elements of X (floats in planar arrays, vec4 in NC4HW4 arrays).
  inputBase: u32,      // of the first channel of batch item 0
  inputPlane: u32,     // from one channel (or block of four) to the next
  inputImage: u32,     // from one batch item to the next
  inputHeight: u32,
  inputWidth: u32,
  // Output, NC4HW4, in vec4.
  outputBase: u32,
  outputPlane: u32,
  outputImage: u32,
  outputWidth: u32,
  // What this dispatch computes: rows firstRow..rowEnd-1, blocks of C filters from firstBlock on.
  firstRow: u32,
  rowEnd: u32,
  firstBlock: u32,
  invocations: u32,    // along x: NT
  rowStep: u32,        // window, taps, rolling: rows between the rows of one invocation
  stripRows: u32,      // rolling: how many these are, and the columns between its columns
  columnStep: u32,
  // The window.
  strideY: u32,
  strideX: u32,
  offsetY: i32,
  offsetX: i32,
  dilationY: u32,
  dilationX: u32,
  kernelHeight: u32,
  kernelWidth: u32,
  // Filters.
  groups: u32,
  inChannels: u32,     // per group: channels (planar) or blocks of four (NC4HW4)
  groupChannels: u32,  // NC4HW4: channels from one group to the next,
  lastFirstBlock: u32, // and the last block of four that a group begins with: groups that do not come in fours share blocks
  outChannels: u32,    // per group
  blocksPerGroup: u32, // ceil(outChannels / C)
  channelOrigin: u32,  // first output channel that the output array holds
  channelEnd: u32,     // how many it holds, rounded up to four
  weightsPerBlock: u32, // vec4: C/4 of bias, then the taps
  firstBound: u32,     // the block that W begins with: weights beyond a binding are bound in parts
  firstRecord: u32,    // RECORDS: where those of this dispatch begin
  // Piecewise linear epilogue: min(max(y, 0) + slope * min(y, 0), cap).
  slope: f32,
  cap: f32,
}
