// Merges the records of each map's pieces into the map's record; `accumulate` keeps what earlier bands of the same map gave.
// One workgroup per map, 64 invocations over the pieces. Grid: x = maps.
//#include record
//#include reduce
struct Merge {
  chunks: u32,
  accumulate: u32,
}
@group(0) @binding(0) var<uniform> u: Merge;
@group(0) @binding(1) var<storage, read> partials: array<Record>;
@group(0) @binding(2) var<storage, read_write> records: array<Record>;

@compute @workgroup_size(64)
fn main(@builtin(workgroup_id) group: vec3u, @builtin(local_invocation_index) local: u32) {
  var own = emptyRecord();
  for (var chunk = local; chunk < u.chunks; chunk += 64u) {
    own = merged(own, partials[group.x * u.chunks + chunk]);
  }
  var all = reduced(own, local);
  if (local == 0u) {
    if (u.accumulate == 1u) { all = merged(records[group.x], all); }
    records[group.x] = all;
  }
}
