// Channel shuffle where blocks of four channels lie: no other order of the maps is made on the way.
//
//   Y[j groups + i] = X[i C / groups + j]
//
// X, Y  NC4HW4; X is read value by value, Y written as vec4. Lanes behind the last channel become 0.
// One invocation writes one vec4: neighbours read neighbouring pixels of the same four channels. Grid: x, y = vec4 of an image in rows
// of `perRow` invocations, z = images.
struct Shuffle {
  total: u32,
  perRow: u32,
  base: u32,           // of both arrays; in vec4, as is the stride
  image: u32,
  pixels: u32,
  groups: u32,
  each: u32,           // channels of a group
}
@group(0) @binding(0) var<uniform> u: Shuffle;
@group(0) @binding(1) var<storage, read> X: array<f32>;
@group(0) @binding(2) var<storage, read_write> Y: array<vec4f>;

@compute @workgroup_size(64)
fn main(@builtin(global_invocation_id) invocation: vec3u) {
  let id = invocation.y * u.perRow + invocation.x;
  if (invocation.x >= u.perRow || id >= u.total) { return; }
  let pixel = id % u.pixels;
  let start = u.base + invocation.z * u.image;
  var value = vec4f(0.0);
  //#for e in 0..4
  {
    let channel = id / u.pixels * 4u + $e;
    let source = channel % u.groups * u.each + channel / u.groups;
    if (channel < u.groups * u.each) { value[$e] = X[(start + source / 4u * u.pixels + pixel) * 4u + source % 4u]; }
  }
  //#end
  Y[start + id] = value;
}
