// The 1st and 99th percentile of each map from its histogram of 256 bins over [lowest, highest], taking the values of a bin as
// spread evenly over it. One invocation per map. Grid: x = 64 maps each.
//#include record
struct Percentiles {
  maps: u32,
}
@group(0) @binding(0) var<uniform> u: Percentiles;
@group(0) @binding(1) var<storage, read> counts: array<u32>;
@group(0) @binding(2) var<storage, read_write> records: array<Record>;

// The value below which a share of all values lies.
fn percentile(map: u32, share: f32, total: u32) -> f32 {
  let r = records[map];
  let rank = share * f32(total);
  var below = 0u;
  for (var bin = 0u; bin < 256u; bin++) {
    let count = counts[map * 256u + bin];
    if (count > 0u && f32(below + count) >= rank) {
      return fma((r.highest - r.lowest) / 256.0, f32(bin) + (rank - f32(below)) / f32(count), r.lowest);
    }
    below += count;
  }
  return r.highest;
}

@compute @workgroup_size(64)
fn main(@builtin(global_invocation_id) invocation: vec3u) {
  let map = invocation.x;
  if (map >= u.maps) { return; }
  var total = 0u;
  for (var bin = 0u; bin < 256u; bin++) { total += counts[map * 256u + bin]; }
  let p1 = percentile(map, 0.01, total);
  let p99 = percentile(map, 0.99, total);
  records[map].p1 = p1;
  records[map].p99 = p99;
}
