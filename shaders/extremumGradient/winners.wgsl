// The element of X that is the largest (MAX; else the smallest) of each window, of equal ones the first in reading order.
//
// X  planar f32. A  planar u32 of the pooled maps' shape: elements of X counted from 0; 4294967295 where the window is empty.
// T  for every entry of every axis of A, axis by axis, (first, one past the last) of its list in T; behind them the lists: entries of X's axis.
// One invocation finds one winner. Grid: x, y = windows in rows of `perRow` invocations.
struct Winners {
  total: u32,
  perRow: u32,
  base: u32,           // of X and A
  channels: u32,       // of A
  height: u32,
  width: u32,
  stepN: u32,          // of X
  stepC: u32,
  stepY: u32,
  firstC: u32,         // where the axes' pairs begin
  firstY: u32,
  firstX: u32,
}
@group(0) @binding(0) var<uniform> u: Winners;
@group(0) @binding(1) var<storage, read> X: array<f32>;
@group(0) @binding(2) var<storage, read> T: array<f32>;
@group(0) @binding(3) var<storage, read_write> A: array<u32>;

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
  var winner = 4294967295u;
  var best = 0.0;
  for (var i = n.x; i < n.y; i++) {
    for (var j = c.x; j < c.y; j++) {
      for (var k = y.x; k < y.y; k++) {
        let row = u32(T[i]) * u.stepN + u32(T[j]) * u.stepC + u32(T[k]) * u.stepY;
        for (var l = x.x; l < x.y; l++) {
          let element = row + u32(T[l]);
          let value = X[u.base + element];
          //#if MAX
          let isBetter = value > best;
          //#else
          let isBetter = best > value;
          //#end
          if (winner == 4294967295u || isBetter) {
            winner = element;
            best = value;
          }
        }
      }
    }
  }
  A[u.base + id] = winner;
}
