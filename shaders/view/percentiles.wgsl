// The 1st and 99th percentile of each map from its histogram of 256 bins over [lowest, highest], taking the values of a bin as
// spread evenly over it. One invocation per map. Grid: x = 64 maps each.
//#include record
struct Percentiles {
  maps: u32,
}
@group(0) @binding(0) var<uniform> u: Percentiles;
@group(0) @binding(1) var<storage, read> counts: array<u32>;
@group(0) @binding(2) var<storage, read_write> records: array<Record>;

// The value below which a share of all values lies. Exact zeros, which a ReLU makes many of, are not spread over their bin.
fn percentile(map: u32, share: f32, total: u32) -> f32 {
  let r = records[map];
  let width = (r.highest - r.lowest) / 256.0;
  let zeros = f32(r.zeros);
  let rank = share * f32(total);
  var below = 0u;
  for (var bin = 0u; bin < 256u; bin++) {
    let count = counts[map * 256u + bin];
    if (count > 0u && f32(below + count) >= rank) {
      let lowest = fma(width, f32(bin), r.lowest);
      // Zero stands in this bin, or at the end of the last one.
      let hasZeros = r.zeros > 0u && r.zeros <= count && lowest <= 0.0 && (lowest + width > 0.0 || bin == 255u);
      let spread = f32(count) - select(0.0, zeros, hasZeros);
      let beforeZero = select(spread, spread * min(1.0, -lowest / max(width, 1e-37)), hasZeros);
      let into = rank - f32(below);
      if (!hasZeros || into <= beforeZero) { return select(lowest, fma(width, into / max(spread, 1.0), lowest), spread > 0.0); }
      if (into <= beforeZero + zeros || spread == 0.0) { return 0.0; }
      return fma(width, (into - zeros) / spread, lowest);
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
