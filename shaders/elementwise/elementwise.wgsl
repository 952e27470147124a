// An activation on its own: Y[i] = f(X[i]) for `total` vec4 from `base` on, in any layout (the arrays have the same one).
// Alone it is bound by memory, so a convolution in front of it takes f into its own store instead; this one serves what is left.
// One invocation maps one vec4. Grid: x, y = vec4 in rows of `perRow` invocations.
struct Elementwise {
  total: u32,
  perRow: u32,
  inputBase: u32,
  outputBase: u32,
  slope: f32,
  cap: f32,
}
@group(0) @binding(0) var<uniform> u: Elementwise;
@group(0) @binding(1) var<storage, read> X: array<vec4f>;
@group(0) @binding(2) var<storage, read_write> Y: array<vec4f>;
//#include epilogue

@compute @workgroup_size(64)
fn main(@builtin(global_invocation_id) invocation: vec3u) {
  let id = invocation.y * u.perRow + invocation.x;
  if (invocation.x >= u.perRow || id >= u.total) { return; }
  Y[u.outputBase + id] = epilogue(X[u.inputBase + id]);
}
