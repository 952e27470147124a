// Merges the records of each map's pieces into the map's record; `accumulate` keeps what earlier bands of the same map gave.
// The pieces of all maps lie side by side. One workgroup per map, 64 invocations over the pieces. Grid: x = maps.
//#include record
//#include reduce
struct Merge {
  chunks: u32,
  maps: u32,           // from one piece of a map to the next
  first: u32,          // record of the first map
  accumulate: u32,
}
@group(0) @binding(0) var<uniform> u: Merge;
@group(0) @binding(1) var<storage, read> partials: array<Record>;
@group(0) @binding(2) var<storage, read_write> records: array<Record>;

@compute @workgroup_size(64)
fn main(@builtin(workgroup_id) group: vec3u, @builtin(local_invocation_index) local: u32) {
  var own = emptyRecord();
  for (var chunk = local; chunk < u.chunks; chunk += 64u) {
    own = merged(own, partials[chunk * u.maps + group.x]);
  }
  var all = reduced(own, local);
  if (local == 0u) {
    let map = u.first + group.x;
    if (u.accumulate == 1u) { all = merged(records[map], all); }
    records[map] = all;
  }
}
