// Dropout with a seed: Y = X scale where the upper 24 bits of mix(mix(base + step) + i) reach `threshold`, else 0; i is the value's place in
// [N, C, H, W] whatever the layout, `base` the hash of seed and stream so far: bit by bit src/operators/seededDropout/mask.ts.
//
// X, Y  NC4HW4 vec4. S  the step, a whole number, in its first value. Lanes behind the last channel are 0 in X and stay so.
// One invocation computes one vec4. Grid: x, y = vec4 of one image in rows of `perRow` invocations, z = batch.
struct SeededDropout {
  total: u32,
  perRow: u32,
  base: u32,           // in vec4
  image: u32,
  pixels: u32,
  channels: u32,
  key: u32,            // mix(mix(seed) + stream) before the step is added
  threshold: u32,
  scale: f32,
}
@group(0) @binding(0) var<uniform> u: SeededDropout;
@group(0) @binding(1) var<storage, read> X: array<vec4f>;
@group(0) @binding(2) var<storage, read> S: array<f32>;
@group(0) @binding(3) var<storage, read_write> Y: array<vec4f>;
//#include draw

@compute @workgroup_size(64)
fn main(@builtin(global_invocation_id) invocation: vec3u) {
  let id = invocation.y * u.perRow + invocation.x;
  if (invocation.x >= u.perRow || id >= u.total) { return; }
  let at = u.base + invocation.z * u.image + id;
  let channel = vec4u(4u * (id / u.pixels)) + vec4u(0u, 1u, 2u, 3u);
  let index = (invocation.z * u.channels + channel) * u.pixels + id % u.pixels;
  let step = mix32(vec4u(u.key + u32(S[4u * u.base])));
  let isKept = (mix32(step + index) >> vec4u(8u)) >= vec4u(u.threshold);
  Y[at] = select(vec4f(0.0), X[at] * u.scale, isKept);
}
