// Mean and sum of squared differences from it, of one piece of the maps of four channels: M[piece] = (mean, squares), both vec4.
// The mean first, then the differences: no digits are lost to a large mean.
//
// X  NC4HW4 vec4. M  for each image and block its pieces, two vec4 each.
// A workgroup computes one piece: its invocations take every 64th pixel, joined by a tree. Grid: x = pieces, y = blocks, z = batch.
struct Moments {
  base: u32,           // in vec4
  image: u32,
  pixels: u32,
  perPiece: u32,
  blocks: u32,
  pieces: u32,
  outputBase: u32,
}
@group(0) @binding(0) var<uniform> u: Moments;
@group(0) @binding(1) var<storage, read> X: array<vec4f>;
@group(0) @binding(2) var<storage, read_write> M: array<vec4f>;

var<workgroup> parts: array<vec4f, 64>;

fn total(own: vec4f, local: u32) -> vec4f {
  workgroupBarrier();
  parts[local] = own;
  for (var half = 32u; half > 0u; half /= 2u) {
    workgroupBarrier();
    if (local < half) { parts[local] += parts[local + half]; }
  }
  workgroupBarrier();
  return parts[0];
}

@compute @workgroup_size(64)
fn main(@builtin(workgroup_id) group: vec3u, @builtin(local_invocation_index) local: u32) {
  let first = u.base + group.z * u.image + group.y * u.pixels;
  let start = group.x * u.perPiece;
  let end = min(start + u.perPiece, u.pixels);
  var sum = vec4f(0.0);
  for (var i = start + local; i < end; i += 64u) { sum += X[first + i]; }
  let mean = total(sum, local) / f32(end - start);
  var squares = vec4f(0.0);
  for (var i = start + local; i < end; i += 64u) {
    let d = X[first + i] - mean;
    squares = fma(d, d, squares);
  }
  squares = total(squares, local);
  if (local != 0u) { return; }
  let at = u.outputBase + ((group.z * u.blocks + group.y) * u.pieces + group.x) * 2u;
  M[at] = mean;
  M[at + 1u] = squares;
}
