// A reduction over the axes along which the output has size 1: sum (times `share`: 1, or 1 / count for the mean), maximum or minimum
// (FUNCTION 0, 1, 2).
//
// X, Y  NC4HW4 vec4. `count` vec4 of X belong to one vec4 of Y: all positions of the reduced axes, batch outermost. CHANNELS: channels
// are reduced too, so the lanes join at the end and those behind the last channel are left out.
// Sums add runs of 32 before they join the total, so that rounding grows with count / 32.
// SHARED: a workgroup computes one vec4 of Y, its invocations every 64th vec4 of X, joined by a tree. Otherwise an invocation computes
// one. Grid: x, y = vec4 of Y in rows of `perRow` workgroups (SHARED) or invocations.
struct Reduction {
  total: u32,
  perRow: u32,
  base: u32,           // of both arrays; in vec4, as are the strides
  outputBlocks: u32,
  outputHeight: u32,
  outputWidth: u32,
  outputChannels: u32,
  image: u32,          // strides of X
  blockStride: u32,
  row: u32,
  column: u32,
  channels: u32,       // of X
  count: u32,
  blocks: u32,         // positions of the reduced axes; 1 for the others
  rows: u32,
  columns: u32,
  share: f32,
}
@group(0) @binding(0) var<uniform> u: Reduction;
@group(0) @binding(1) var<storage, read> X: array<vec4f>;
@group(0) @binding(2) var<storage, read_write> Y: array<vec4f>;
//#include lanes

//#if FUNCTION == 0
const neutral = 0.0;
//#end
//#if FUNCTION == 1
const neutral = -3.4028234e38;
//#end
//#if FUNCTION == 2
const neutral = 3.4028234e38;
//#end

fn joined(a: vec4f, b: vec4f) -> vec4f {
  //#if FUNCTION == 0
  return a + b;
  //#end
  //#if FUNCTION == 1
  return max(a, b);
  //#end
  //#if FUNCTION == 2
  return min(a, b);
  //#end
}

//#if SHARED
var<workgroup> parts: array<vec4f, 64>;
//#end

@compute @workgroup_size(64)
fn main(
  @builtin(global_invocation_id) invocation: vec3u,
  @builtin(workgroup_id) group: vec3u,
  @builtin(local_invocation_index) local: u32,
) {
  //#if SHARED
  let id = group.y * u.perRow + group.x;
  if (id >= u.total) { return; }
  let first = local;
  let step = 64u;
  //#else
  let id = invocation.y * u.perRow + invocation.x;
  if (invocation.x >= u.perRow || id >= u.total) { return; }
  let first = 0u;
  let step = 1u;
  //#end
  let x = id % u.outputWidth;
  let y = id / u.outputWidth % u.outputHeight;
  let four = id / (u.outputWidth * u.outputHeight) % u.outputBlocks;
  let n = id / (u.outputWidth * u.outputHeight * u.outputBlocks);
  let origin = u.base + n * u.image + four * u.blockStride + y * u.row + x * u.column;
  var value = vec4f(neutral);
  var run = vec4f(neutral);
  var length = 0u;
  for (var i = first; i < u.count; i += step) {
    let column = i % u.columns;
    let row = i / u.columns % u.rows;
    let nextFour = i / (u.columns * u.rows) % u.blocks;
    let image = i / (u.columns * u.rows * u.blocks);
    var next = X[origin + image * u.image + nextFour * u.blockStride + row * u.row + column * u.column];
    //#if CHANNELS
    next = lanesOr(next, nextFour, u.channels, neutral);
    //#end
    run = joined(run, next);
    length++;
    if (length == 32u) {
      value = joined(value, run);
      run = vec4f(neutral);
      length = 0u;
    }
  }
  value = joined(value, run);
  //#if SHARED
  parts[local] = value;
  for (var half = 32u; half > 0u; half /= 2u) {
    workgroupBarrier();
    if (local < half) { parts[local] = joined(parts[local], parts[local + half]); }
  }
  workgroupBarrier();
  if (local != 0u) { return; }
  value = parts[0];
  //#end
  //#if CHANNELS
  value = joined(value, value.yxwz);
  value = joined(value, value.zwxy);
  //#end
  Y[u.base + id] = lanesOr(value * u.share, four, u.outputChannels, 0.0);
}
