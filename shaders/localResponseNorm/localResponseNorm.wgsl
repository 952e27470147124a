// Local response normalisation: Y[c] = X[c] / (k + factor * sum of X[j]^2)^beta over the channels j of the window
// [c - before, c - before + size) that exist, at the same pixel; factor = alpha / size.
//
// X, Y  NC4HW4 vec4. One invocation computes one vec4: its four windows lie in size + 3 channels.
// Grid: x, y = vec4 of one image in rows of `perRow` invocations, z = batch.
struct Response {
  total: u32,
  perRow: u32,
  base: u32,           // in vec4
  image: u32,
  pixels: u32,
  channels: i32,
  before: i32,
  size: i32,
  factor: f32,
  beta: f32,
  k: f32,
}
@group(0) @binding(0) var<uniform> u: Response;
@group(0) @binding(1) var<storage, read> X: array<vec4f>;
@group(0) @binding(2) var<storage, read_write> Y: array<vec4f>;
//#include functions
//#include lanes

@compute @workgroup_size(64)
fn main(@builtin(global_invocation_id) invocation: vec3u) {
  let id = invocation.y * u.perRow + invocation.x;
  if (invocation.x >= u.perRow || id >= u.total) { return; }
  let first = u.base + invocation.z * u.image;
  let four = id / u.pixels;
  let low = vec4i(4 * i32(four) - u.before) + vec4i(0, 1, 2, 3);
  let end = min(low.w + u.size, u.channels);
  var sum = vec4f(0.0);
  for (var j = max(low.x, 0); j < end; j++) {
    let x = X[first + u32(j / 4) * u.pixels + id % u.pixels][j % 4];
    let isInside = (vec4i(j) >= low) & (vec4i(j - u.size) < low);
    sum += select(vec4f(0.0), vec4f(x * x), isInside);
  }
  let base = vec4f(u.k) + u.factor * sum;
  let y = X[first + id] * exponential(-u.beta * logarithm(base));
  Y[first + id] = lanesOr(y, four, u32(u.channels), 0.0);
}
