// The record of the whole layer, behind those of its maps: the outermost extremes and the outermost percentiles. One workgroup.
//#include record
struct Layer {
  maps: u32,
}
@group(0) @binding(0) var<uniform> u: Layer;
@group(0) @binding(1) var<storage, read_write> records: array<Record>;

var<workgroup> outermost: array<vec4f, 64>;

@compute @workgroup_size(64)
fn main(@builtin(local_invocation_index) local: u32) {
  var own = vec4f(3.4028234e38, -3.4028234e38, 3.4028234e38, -3.4028234e38);
  for (var map = local; map < u.maps; map += 64u) {
    let r = records[map];
    own = vec4f(min(own.x, r.lowest), max(own.y, r.highest), min(own.z, r.p1), max(own.w, r.p99));
  }
  outermost[local] = own;
  for (var half = 32u; half > 0u; half /= 2u) {
    workgroupBarrier();
    if (local < half) {
      let a = outermost[local];
      let b = outermost[local + half];
      outermost[local] = vec4f(min(a.x, b.x), max(a.y, b.y), min(a.z, b.z), max(a.w, b.w));
    }
  }
  if (local == 0u) {
    let all = outermost[0];
    records[u.maps] = Record(all.x, all.y, 0.0, 0.0, 0u, all.z, all.w, 0u);
  }
}
