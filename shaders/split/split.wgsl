// The second pass of a convolution split over its input channels: adds up the partial sums, always in the same order.
//
//   Y[c, y, x] = epilogue(bias[c] + S[0, c, y, x] + S[1, c, y, x] + ...)
//
// S   NC4HW4 vec4 [N, parts, Cout/4, OH, OW]
// B   vec4 [Cout/4]
// Y   NC4HW4 vec4 [N, Cout/4, OH, OW] (Z: the same before the epilogue, when DUAL; R: added first, when RESIDUAL)
//
// One invocation is one vec4 of the output: neighbours read neighbours in every part, and nothing is read twice.
struct Split {
  total: u32,        // vec4 of the output
  perRow: u32,       // invocations per row of the grid
  partsBase: u32,    // first vec4 of the partial sums
  parts: u32,
  partSize: u32,     // vec4 from one part to the next: one image of the output
  outputBase: u32,
  outputBlocks: u32, // blocks of four channels of an image
  plane: u32,        // pixels of a map
  slope: f32,
  cap: f32,
}
@group(0) @binding(0) var<uniform> u: Split;
@group(0) @binding(1) var<storage, read> S: array<vec4f>;
@group(0) @binding(2) var<storage, read> B: array<vec4f>;
//#include output

@compute @workgroup_size(64)
fn main(@builtin(global_invocation_id) global: vec3u) {
  let id = global.y * u.perRow + global.x;
  if (id >= u.total) { return; }
  let image = id / u.partSize;
  var sum = B[id / u.plane % u.outputBlocks];
  var at = u.partsBase + image * u.parts * u.partSize + id % u.partSize;
  for (var part = 0u; part < u.parts; part++) {
    sum += S[at];
    at += u.partSize;
  }
  store(u.outputBase + id, sum);
}
