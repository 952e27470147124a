// How fast the device moves memory: Y[i] = X[i] for 4 `quarter` vec4, each read once and written once.
// Neighbouring invocations take neighbouring vec4, four each, `quarter` apart, so that several reads are under way at once and a
// software adapter's cost per invocation is shared.
// One invocation copies four vec4. Grid: x, y = a quarter of them in rows of `perRow` invocations.
struct Copy {
  quarter: u32,
  perRow: u32,
}
@group(0) @binding(0) var<uniform> u: Copy;
@group(0) @binding(1) var<storage, read> X: array<vec4f>;
@group(0) @binding(2) var<storage, read_write> Y: array<vec4f>;

@compute @workgroup_size(64)
fn main(@builtin(global_invocation_id) invocation: vec3u) {
  let id = invocation.y * u.perRow + invocation.x;
  if (invocation.x >= u.perRow || id >= u.quarter) { return; }
  //#for j in 0..4
  let x_$j = X[id + $(j)u * u.quarter];
  //#end
  //#for j in 0..4
  Y[id + $(j)u * u.quarter] = x_$j;
  //#end
}
