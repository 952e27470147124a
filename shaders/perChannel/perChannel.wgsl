// Every value through a function of two numbers of its channel, p and q: x p + q (FUNCTION 0), or x above 0 and p x below (FUNCTION 1).
//
// X, Y  NC4HW4 vec4. T  for each block of four channels the vec4 of p, then that of q; one table per image, or one for all.
// One invocation computes one vec4. Grid: x, y = vec4 of one image in rows of `perRow` invocations, z = batch.
struct PerChannel {
  total: u32,
  perRow: u32,
  base: u32,           // of X and Y; in vec4
  image: u32,
  pixels: u32,
  tableBase: u32,
  tableImage: u32,
}
@group(0) @binding(0) var<uniform> u: PerChannel;
@group(0) @binding(1) var<storage, read> X: array<vec4f>;
@group(0) @binding(2) var<storage, read> T: array<vec4f>;
@group(0) @binding(3) var<storage, read_write> Y: array<vec4f>;

@compute @workgroup_size(64)
fn main(@builtin(global_invocation_id) invocation: vec3u) {
  let id = invocation.y * u.perRow + invocation.x;
  if (invocation.x >= u.perRow || id >= u.total) { return; }
  let at = u.base + invocation.z * u.image + id;
  let pair = u.tableBase + invocation.z * u.tableImage + id / u.pixels * 2u;
  //#if FUNCTION == 0
  Y[at] = fma(X[at], T[pair], T[pair + 1u]);
  //#end
  //#if FUNCTION == 1
  let x = X[at];
  Y[at] = fma(min(x, vec4f(0.0)), T[pair], max(x, vec4f(0.0)));
  //#end
}
