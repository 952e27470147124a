// Resizing of rows and columns, four channels at once: Y[v, h] = sum over taps a, b of wy[v, a] wx[h, b] X[iy[v, a], ix[h, b]].
//
// X, Y  NC4HW4 vec4. T  pairs (position, weight): `taps` for each row of Y, then as many for each of its columns. The host computes them in
// float64, so that places between two pixels round here as they do there.
// One invocation computes one vec4. Grid: x, y = all vec4 of Y in rows of `perRow` invocations.
struct Resample {
  total: u32,
  perRow: u32,
  base: u32,           // of X and Y, in vec4
  inputPlane: u32,
  inputWidth: u32,
  outputHeight: u32,
  outputWidth: u32,
  taps: u32,
}
@group(0) @binding(0) var<uniform> u: Resample;
@group(0) @binding(1) var<storage, read> X: array<vec4f>;
@group(0) @binding(2) var<storage, read> T: array<vec2f>;
@group(0) @binding(3) var<storage, read_write> Y: array<vec4f>;

@compute @workgroup_size(64)
fn main(@builtin(global_invocation_id) invocation: vec3u) {
  let id = invocation.y * u.perRow + invocation.x;
  if (invocation.x >= u.perRow || id >= u.total) { return; }
  let column = id % u.outputWidth;
  let row = id / u.outputWidth % u.outputHeight;
  let plane = u.base + id / (u.outputWidth * u.outputHeight) * u.inputPlane;
  let firstColumn = (u.outputHeight + column) * u.taps;
  var value = vec4f(0.0);
  for (var a = 0u; a < u.taps; a++) {
    let vertical = T[row * u.taps + a];
    let line = plane + u32(vertical.x) * u.inputWidth;
    var sum = vec4f(0.0);
    for (var b = 0u; b < u.taps; b++) {
      let horizontal = T[firstColumn + b];
      sum = fma(vec4f(horizontal.y), X[line + u32(horizontal.x)], sum);
    }
    value = fma(vec4f(vertical.y), sum, value);
  }
  Y[u.base + id] = value;
}
