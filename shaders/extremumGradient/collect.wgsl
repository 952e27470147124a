// What each element has won: Y = sum of G over the windows that cover the element and whose winner it is.
//
// G  planar f32, A  planar u32 of the same shape, from `winners`. Y  planar f32.
// T  for every entry of every axis of Y, axis by axis, (first, one past the last) of its list in T; behind them the lists: entries of G's axis.
// One invocation computes one value, so that sums have one order. Grid: x, y = values in rows of `perRow` invocations.
struct Collect {
  total: u32,
  perRow: u32,
  base: u32,           // of G, A and Y
  channels: u32,       // of Y
  height: u32,
  width: u32,
  stepN: u32,          // of G
  stepC: u32,
  stepY: u32,
  firstC: u32,         // where the axes' pairs begin
  firstY: u32,
  firstX: u32,
}
@group(0) @binding(0) var<uniform> u: Collect;
@group(0) @binding(1) var<storage, read> G: array<f32>;
@group(0) @binding(2) var<storage, read> A: array<u32>;
@group(0) @binding(3) var<storage, read> T: array<f32>;
@group(0) @binding(4) var<storage, read_write> Y: array<f32>;

fn listAt(entry: u32) -> vec2u {
  return vec2u(u32(T[2u * entry]), u32(T[2u * entry + 1u]));
}

@compute @workgroup_size(64)
fn main(@builtin(global_invocation_id) invocation: vec3u) {
  let id = invocation.y * u.perRow + invocation.x;
  if (invocation.x >= u.perRow || id >= u.total) { return; }
  let x = listAt(u.firstX + id % u.width);
  let y = listAt(u.firstY + id / u.width % u.height);
  let c = listAt(u.firstC + id / (u.width * u.height) % u.channels);
  let n = listAt(id / (u.width * u.height * u.channels));
  var value = 0.0;
  for (var i = n.x; i < n.y; i++) {
    for (var j = c.x; j < c.y; j++) {
      for (var k = y.x; k < y.y; k++) {
        let row = u.base + u32(T[i]) * u.stepN + u32(T[j]) * u.stepC + u32(T[k]) * u.stepY;
        for (var l = x.x; l < x.y; l++) {
          let window = row + u32(T[l]);
          if (A[window] == id) { value += G[window]; }
        }
      }
    }
  }
  Y[u.base + id] = value;
}
