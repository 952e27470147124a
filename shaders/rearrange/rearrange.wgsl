// The same values in another order: the places of the output, counted row-major, are read as numbers of six digits, and each digit
// steps through the input by a stride of its own.
//
//   Y[i] = X[first + sum over k of digit_k(i) step_k],   digit_k(i) = (i / (size_{k+1} ... size_5)) mod size_k
//
// It serves reshape, transpose, slice (steps may be negative), and depth to space and back.
// X, Y  planar f32. One invocation copies one value. Grid: x, y = values in rows of `perRow` invocations.
struct Rearrange {
  total: u32,
  perRow: u32,
  first: i32,          // in floats of the buffer
  base: u32,
  size1: u32,
  size2: u32,
  size3: u32,
  size4: u32,
  size5: u32,
  step0: i32,
  step1: i32,
  step2: i32,
  step3: i32,
  step4: i32,
  step5: i32,
}
@group(0) @binding(0) var<uniform> u: Rearrange;
@group(0) @binding(1) var<storage, read> X: array<f32>;
@group(0) @binding(2) var<storage, read_write> Y: array<f32>;

@compute @workgroup_size(64)
fn main(@builtin(global_invocation_id) invocation: vec3u) {
  let id = invocation.y * u.perRow + invocation.x;
  if (invocation.x >= u.perRow || id >= u.total) { return; }
  var rest = id;
  var at = u.first + i32(rest % u.size5) * u.step5;
  rest /= u.size5;
  at += i32(rest % u.size4) * u.step4;
  rest /= u.size4;
  at += i32(rest % u.size3) * u.step3;
  rest /= u.size3;
  at += i32(rest % u.size2) * u.step2;
  rest /= u.size2;
  at += i32(rest % u.size1) * u.step1;
  rest /= u.size1;
  at += i32(rest) * u.step0;
  Y[u.base + id] = X[at];
}
