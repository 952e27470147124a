// Padding on all four axes; negative numbers crop.
//
//   Y[n, c, y, x] = X[map(n - before0), map(c - before1), map(y - before2), map(x - before3)]
//
// where map is the mode's (0 constant: `value` outside, 1 reflect, 2 edge, 3 wrap) over the input's sizes.
// X, Y  planar f32. One invocation writes one value. Grid: x, y = values in rows of `perRow` invocations.
struct Pad {
  total: u32,
  perRow: u32,
  inputBase: u32,
  outputBase: u32,
  mode: u32,
  value: f32,
  images: i32,         // of the input
  channels: i32,
  height: i32,
  width: i32,
  outChannels: u32,
  outHeight: u32,
  outWidth: u32,
  beforeN: i32,
  beforeC: i32,
  beforeY: i32,
  beforeX: i32,
}
@group(0) @binding(0) var<uniform> u: Pad;
@group(0) @binding(1) var<storage, read> X: array<f32>;
@group(0) @binding(2) var<storage, read_write> Y: array<f32>;

//#include border

@compute @workgroup_size(64)
fn main(@builtin(global_invocation_id) invocation: vec3u) {
  let id = invocation.y * u.perRow + invocation.x;
  if (invocation.x >= u.perRow || id >= u.total) { return; }
  let x = mapped(i32(id % u.outWidth) - u.beforeX, u.width);
  let y = mapped(i32(id / u.outWidth % u.outHeight) - u.beforeY, u.height);
  let c = mapped(i32(id / (u.outWidth * u.outHeight) % u.outChannels) - u.beforeC, u.channels);
  let n = mapped(i32(id / (u.outWidth * u.outHeight * u.outChannels)) - u.beforeN, u.images);
  var value = u.value;
  if (min(min(x, y), min(c, n)) >= 0) {
    value = X[u.inputBase + u32(((n * u.channels + c) * u.height + y) * u.width + x)];
  }
  Y[u.outputBase + id] = value;
}
