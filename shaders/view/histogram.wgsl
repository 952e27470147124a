// Counts of each map's values in `bins` equal bins over [lo, hi]; hi falls into the last bin, values outside into none.
// A workgroup counts 16384 pixels of one map in workgroup memory, then adds its counts: integers, so that the order does not show.
// More than 1024 bins are counted in place. Grid: x = pieces of a map, y = maps of this part.
//#include record
//#include map
@group(0) @binding(0) var<uniform> u: Maps;
@group(0) @binding(1) var<storage, read> X: array<f32>;
@group(0) @binding(2) var<storage, read> records: array<Record>;
@group(0) @binding(3) var<storage, read_write> counts: array<atomic<u32>>;

var<workgroup> own: array<atomic<u32>, 1024>;

@compute @workgroup_size(64)
fn main(@builtin(workgroup_id) group: vec3u, @builtin(local_invocation_index) local: u32) {
  let map = u.channelOffset + group.y;
  var lo = u.lo;
  var hi = u.hi;
  if (u.fromRecords == 1u) {
    lo = records[map].lowest;
    hi = records[map].highest;
  }
  let scale = select(0.0, f32(u.bins) / (hi - lo), hi > lo);
  let isShared = u.bins <= 1024u;
  let end = min(u.pixels, (group.x + 1u) * 16384u);
  for (var pixel = group.x * 16384u + local; pixel < end; pixel += 64u) {
    let value = X[address(group.y, pixel)];
    if (value >= lo && value <= hi) {
      let bin = min(u.bins - 1u, u32((value - lo) * scale));
      if (isShared) { atomicAdd(&own[bin], 1u); } else { atomicAdd(&counts[map * u.bins + bin], 1u); }
    }
  }
  workgroupBarrier();
  if (isShared) {
    for (var bin = local; bin < u.bins; bin += 64u) {
      let count = atomicLoad(&own[bin]);
      if (count > 0u) { atomicAdd(&counts[map * u.bins + bin], count); }
    }
  }
}
