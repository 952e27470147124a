// Smallest, largest, sum, sum of squares and zeros of a piece of a map: the first half of the statistics; merge is the second.
// A workgroup reads 4096 pixels of one map (64 per invocation, neighbours reading neighbours) and writes one record.
// Grid: x = pieces of a map, y = maps of this part.
//#include record
//#include reduce
//#include map
@group(0) @binding(0) var<uniform> u: Maps;
@group(0) @binding(1) var<storage, read> X: array<f32>;
@group(0) @binding(2) var<storage, read_write> partials: array<Record>;

@compute @workgroup_size(64)
fn main(@builtin(workgroup_id) group: vec3u, @builtin(local_invocation_index) local: u32) {
  var own = emptyRecord();
  let end = min(u.pixels, (group.x + 1u) * 4096u);
  for (var pixel = group.x * 4096u + local; pixel < end; pixel += 64u) {
    let value = X[address(group.y, pixel)];
    own.lowest = min(own.lowest, value);
    own.highest = max(own.highest, value);
    own.sum += value;
    own.squares = fma(value, value, own.squares);
    own.zeros += u32(value == 0.0);
  }
  let all = reduced(own, local);
  if (local == 0u) { partials[group.x * u.maps + u.channelOffset + group.y] = all; }
}
