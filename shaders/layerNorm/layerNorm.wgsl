// Layer normalisation over channels: at every pixel Y[c] = (X[c] - mean) / sqrt(variance + eps) * W[c] + B[c], mean and variance over the
// channels. The variance is that of differences from the mean, so that a large mean costs no digits.
//
// X, Y  NC4HW4 vec4. W, B  one value per channel, 0 behind the last, so that the lanes there become 0.
// One invocation computes one pixel, in three walks over its blocks. Grid: x, y = pixels in rows of `perRow` invocations, z = batch.
struct LayerNorm {
  total: u32,          // pixels of one image, which is also from one block to the next, in vec4
  perRow: u32,
  base: u32,
  image: u32,
  blocks: u32,
  channels: u32,
  eps: f32,
}
@group(0) @binding(0) var<uniform> u: LayerNorm;
@group(0) @binding(1) var<storage, read> X: array<vec4f>;
@group(0) @binding(2) var<storage, read> W: array<vec4f>;
@group(0) @binding(3) var<storage, read> B: array<vec4f>;
@group(0) @binding(4) var<storage, read_write> Y: array<vec4f>;
//#include lanes

@compute @workgroup_size(64)
fn main(@builtin(global_invocation_id) invocation: vec3u) {
  let id = invocation.y * u.perRow + invocation.x;
  if (invocation.x >= u.perRow || id >= u.total) { return; }
  let first = u.base + invocation.z * u.image + id;
  let share = vec4f(1.0 / f32(u.channels));
  var sum = vec4f(0.0);
  for (var i = 0u; i < u.blocks; i++) {
    sum += lanesOr(X[first + i * u.total], i, u.channels, 0.0);
  }
  let mean = vec4f(dot(sum, share));
  var squares = vec4f(0.0);
  for (var i = 0u; i < u.blocks; i++) {
    let d = lanesOr(X[first + i * u.total] - mean, i, u.channels, 0.0);
    squares = fma(d, d, squares);
  }
  let factor = 1.0 / sqrt(dot(squares, share) + u.eps);
  for (var i = 0u; i < u.blocks; i++) {
    let at = first + i * u.total;
    Y[at] = fma((X[at] - mean) * factor, W[i], B[i]);
  }
}
