// Adds up what the chunks of positions have: Y[i] = sum over chunks k of P[k][i].
//
// P  [chunk][weights] f32 behind `base`, Y  f32 behind `base`. One invocation computes one value. Grid: x, y = values in rows of `perRow`.
struct ChunkSum {
  total: u32,
  perRow: u32,
  base: u32,
  chunks: u32,
}
@group(0) @binding(0) var<uniform> u: ChunkSum;
@group(0) @binding(1) var<storage, read> P: array<f32>;
@group(0) @binding(2) var<storage, read_write> Y: array<f32>;

@compute @workgroup_size(64)
fn main(@builtin(global_invocation_id) invocation: vec3u) {
  let id = invocation.y * u.perRow + invocation.x;
  if (invocation.x >= u.perRow || id >= u.total) { return; }
  var value = 0.0;
  for (var chunk = 0u; chunk < u.chunks; chunk++) {
    value += P[u.base + chunk * u.total + id];
  }
  Y[u.base + id] = value;
}
