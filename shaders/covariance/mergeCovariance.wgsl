// Adds up the chunks that covariance leaves, always in the same order, into a few matrices: the host adds those in float64.
//
//   merged[s, e] = sum over chunks s, s + slices, ... of partials[chunk, e]
//
// One invocation per entry e and slice s. Grid: rows of `perRow` invocations in x and y, z = slices.
struct MergeCovariance {
  entries: u32,
  chunks: u32,
  slices: u32,
  perRow: u32,
}
@group(0) @binding(0) var<uniform> u: MergeCovariance;
@group(0) @binding(1) var<storage, read> partials: array<f32>;
@group(0) @binding(2) var<storage, read_write> merged: array<f32>;

@compute @workgroup_size(64)
fn main(@builtin(global_invocation_id) id: vec3u) {
  let entry = id.y * u.perRow + id.x;
  if (entry >= u.entries) { return; }
  var sum = 0.0;
  for (var chunk = id.z; chunk < u.chunks; chunk += u.slices) { sum += partials[chunk * u.entries + entry]; }
  merged[id.z * u.entries + entry] = sum;
}
