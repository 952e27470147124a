// Weighted sums along every axis by itself: Y[n, c, y, x] = sum over the taps of n, c, y and x of w w w w X[n', c', y', x'].
//
// X, Y  planar f32. T  pairs: for every entry of every axis of Y, axis by axis, (first tap, one past the last) as places in T; behind them
// the taps (entry of X's axis, weight). Places are whole numbers and exact as floats.
// One invocation computes one value. Grid: x, y = values in rows of `perRow` invocations.
struct SeparableSum {
  total: u32,
  perRow: u32,
  inputBase: u32,
  outputBase: u32,
  channels: u32,       // of Y
  height: u32,
  width: u32,
  stepN: u32,          // of X, in values
  stepC: u32,
  stepY: u32,
  firstC: u32,         // where the axes begin in T
  firstY: u32,
  firstX: u32,
}
@group(0) @binding(0) var<uniform> u: SeparableSum;
@group(0) @binding(1) var<storage, read> X: array<f32>;
@group(0) @binding(2) var<storage, read> T: array<vec2f>;
@group(0) @binding(3) var<storage, read_write> Y: array<f32>;

@compute @workgroup_size(64)
fn main(@builtin(global_invocation_id) invocation: vec3u) {
  let id = invocation.y * u.perRow + invocation.x;
  if (invocation.x >= u.perRow || id >= u.total) { return; }
  let x = vec2u(T[u.firstX + id % u.width]);
  let y = vec2u(T[u.firstY + id / u.width % u.height]);
  let c = vec2u(T[u.firstC + id / (u.width * u.height) % u.channels]);
  let n = vec2u(T[id / (u.width * u.height * u.channels)]);
  var value = 0.0;
  for (var i = n.x; i < n.y; i++) {
    for (var j = c.x; j < c.y; j++) {
      let map = u.inputBase + u32(T[i].x) * u.stepN + u32(T[j].x) * u.stepC;
      var sum = 0.0;
      for (var k = y.x; k < y.y; k++) {
        let row = map + u32(T[k].x) * u.stepY;
        var line = 0.0;
        for (var l = x.x; l < x.y; l++) {
          let tap = T[l];
          line = fma(tap.y, X[row + u32(tap.x)], line);
        }
        sum = fma(T[k].y, line, sum);
      }
      value = fma(T[i].y * T[j].y, sum, value);
    }
  }
  Y[u.outputBase + id] = value;
}
