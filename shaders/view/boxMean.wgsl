// A smaller copy of the maps: each pixel the mean of factor x factor pixels (fewer at the right and bottom edge). Both arrays are
// NC4HW4. The source is a band of the maps that starts at a multiple of factor.
// One invocation computes one pixel of four channels. Grid: x, y = pixels in rows of `perRow` invocations, z = blocks of four.
struct BoxMean {
  total: u32,          // pixels of the copy that this band gives
  perRow: u32,
  factor: u32,
  sourceBase: u32,     // in vec4
  sourcePlane: u32,
  sourceHeight: u32,
  sourceWidth: u32,
  base: u32,           // in vec4, of the copy's first pixel that this band gives
  plane: u32,
  width: u32,
}
@group(0) @binding(0) var<uniform> u: BoxMean;
@group(0) @binding(1) var<storage, read> S: array<vec4f>;
@group(0) @binding(2) var<storage, read_write> D: array<vec4f>;

@compute @workgroup_size(64)
fn main(@builtin(global_invocation_id) invocation: vec3u) {
  let id = invocation.y * u.perRow + invocation.x;
  if (invocation.x >= u.perRow || id >= u.total) { return; }
  let y0 = id / u.width * u.factor;
  let x0 = id % u.width * u.factor;
  let y1 = min(y0 + u.factor, u.sourceHeight);
  let x1 = min(x0 + u.factor, u.sourceWidth);
  var sum = vec4f(0.0);
  for (var y = y0; y < y1; y++) {
    for (var x = x0; x < x1; x++) {
      sum += S[u.sourceBase + invocation.z * u.sourcePlane + y * u.sourceWidth + x];
    }
  }
  D[u.base + invocation.z * u.plane + id] = sum / f32((y1 - y0) * (x1 - x0));
}
