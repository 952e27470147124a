// A fully connected layer: a matrix times a vector.
//
//   Y[n, o] = epilogue(bias[o] + sum over c of W[o, c] X[n, c])
//
// X, Y  NC4HW4 maps of one pixel, so vec4 of four channels side by side
// W     vec4 [block of 4 filters] { bias[4], [Cin/4][4][4] }
//
// Every weight is used once for an image, so the layer is as fast as its weights can be read, and there is no second pixel to keep a
// device busy with. A workgroup computes four filters: its invocations take every 64th block of channels, so that neighbours read
// neighbouring weights, and join their sums as a tree, always in the same order.
// Grid: x, y = blocks of filters in rows of `perRow` workgroups, z = images.
struct Linear {
  inputBase: u32,      // in vec4
  inputBlocks: u32,    // of four channels
  outputBase: u32,
  outputBlocks: u32,
  firstGroup: u32,     // of the blocks of filters, one past the last, and how many stand in a row
  groupEnd: u32,
  perRow: u32,
  firstImage: u32,
  firstBound: u32,     // the block of filters that W begins with
  slope: f32,          // of the epilogue
  cap: f32,
}
@group(0) @binding(0) var<uniform> u: Linear;
@group(0) @binding(1) var<storage, read> X: array<vec4f>;
@group(0) @binding(2) var<storage, read> W: array<vec4f>;
//#include output

var<workgroup> sums: array<vec4f, 64>;

@compute @workgroup_size(64)
fn main(@builtin(workgroup_id) group: vec3u, @builtin(local_invocation_index) local: u32) {
  let four = u.firstGroup + group.y * u.perRow + group.x;
  if (four >= u.groupEnd) { return; }
  let image = u.firstImage + group.z;
  let bias = (four - u.firstBound) * (1u + 4u * u.inputBlocks);
  let x = u.inputBase + image * u.inputBlocks;
  var wi = bias + 1u + 4u * local;
  var sum = vec4f(0.0);
  for (var k = local; k < u.inputBlocks; k += 64u) {
    let f = X[x + k];
    sum = fma(vec4f(f.x), W[wi], sum);
    sum = fma(vec4f(f.y), W[wi + 1u], sum);
    sum = fma(vec4f(f.z), W[wi + 2u], sum);
    sum = fma(vec4f(f.w), W[wi + 3u], sum);
    wi += 256u;
  }
  sums[local] = sum;
  for (var half = 32u; half > 0u; half /= 2u) {
    workgroupBarrier();
    if (local < half) { sums[local] += sums[local + half]; }
  }
  if (local == 0u) { store(u.outputBase + image * u.outputBlocks + four, sums[0] + W[bias]); }
}
