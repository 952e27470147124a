// Sum and sum of squares of a piece of a map, each value less the map's mean: what its variance is made of. Squares of the values
// themselves would lose the digits that a small variance beside a large mean has.
// The mean is that of the map's record, rounded: `lo` is one over the map's pixels. Pieces and grid as in extremes.wgsl; merge joins them.
//#include record
//#include reduce
//#include map
@group(0) @binding(0) var<uniform> u: Maps;
@group(0) @binding(1) var<storage, read> X: array<f32>;
@group(0) @binding(2) var<storage, read> records: array<Record>;
@group(0) @binding(3) var<storage, read_write> partials: array<Record>;

@compute @workgroup_size(64)
fn main(@builtin(workgroup_id) group: vec3u, @builtin(local_invocation_index) local: u32) {
  let map = u.channelOffset + group.y;
  let mean = records[map].sum * u.lo;
  var own = emptyRecord();
  let end = min(u.pixels, (group.x + 1u) * 4096u);
  for (var pixel = group.x * 4096u + local; pixel < end; pixel += 64u) {
    let difference = X[address(group.y, pixel)] - mean;
    own.sum += difference;
    own.squares = fma(difference, difference, own.squares);
  }
  let all = reduced(own, local);
  if (local == 0u) { partials[group.x * u.maps + map] = all; }
}
