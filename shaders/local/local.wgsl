// A locally connected layer: every output position has a kernel of its own.
//
//   Y[c, oy, ox] = bias[c, oy, ox] + sum over ci, ky, kx of W[oy, ox, c, ci, ky, kx] X[ci, oy sy + ky dy - top, ox sx + kx dx - left]
//
// X   planar f32 [N, Cin, H, W]; element 0 of the buffer is 0
// W   vec4 of four filters [block of C filters] { bias[V][OH OW], [Cin][kh][kw][V][OH OW] }, V = C/4: positions stand side by side
// Y   NC4HW4 [N, Cout/4, OH, OW]
//
// No weight is used twice for an image, so the layer is as fast as its weights can be read. One invocation computes C filters at one
// position; neighbours read neighbouring weights, V vec4 for every value of X, and nothing is fetched that is not used.
// Grid: x, y = positions in workgroups of 64 in rows of `perRow`, z = blocks of filters of all images.
struct Local {
  inputBase: u32,      // in f32
  inputPlane: u32,
  inputImage: u32,
  inputHeight: u32,
  inputWidth: u32,
  outputBase: u32,     // in vec4
  outputPlane: u32,
  outputImage: u32,
  outputWidth: u32,
  firstGroup: u32,     // of the workgroups along x and y, one past the last, and how many stand in a row
  groupEnd: u32,
  perRow: u32,
  firstSlot: u32,      // of the bound blocks of all images along z
  firstBound: u32,     // of the blocks of filters, the one that W begins with, and how many are bound
  boundBlocks: u32,
  outChannels: u32,
  strideY: i32,
  strideX: i32,
  dilationY: i32,
  dilationX: i32,
  top: i32,
  left: i32,
  inChannels: u32,
  kernelHeight: u32,
  kernelWidth: u32,
}
@group(0) @binding(0) var<uniform> u: Local;
@group(0) @binding(1) var<storage, read> X: array<f32>;
@group(0) @binding(2) var<storage, read> W: array<vec4f>;
@group(0) @binding(3) var<storage, read_write> Y: array<vec4f>;

@compute @workgroup_size(64)
fn main(@builtin(workgroup_id) group: vec3u, @builtin(local_invocation_index) local: u32) {
  let number = u.firstGroup + group.y * u.perRow + group.x;
  let position = number * 64u + local;
  if (number >= u.groupEnd || position >= u.outputPlane) { return; }
  let slot = u.firstSlot + group.z;
  let image = slot / u.boundBlocks;
  let boundBlock = slot % u.boundBlocks;
  // Above or left of the input the place wraps to a huge number.
  let iy = u32(i32(position / u.outputWidth) * u.strideY - u.top);
  let ix = u32(i32(position % u.outputWidth) * u.strideX - u.left);
  let steps = u.inChannels * u.kernelHeight * u.kernelWidth;
  var wi = boundBlock * (steps + 1u) * $V * u.outputPlane + position;
  //#for v in 0..V
  var a_$v = W[wi];
  wi += u.outputPlane;
  //#end
  var plane = u.inputBase + image * u.inputImage;
  for (var ci = 0u; ci < u.inChannels; ci++) {
    for (var ky = 0u; ky < u.kernelHeight; ky++) {
      let y = iy + ky * u32(u.dilationY);
      for (var kx = 0u; kx < u.kernelWidth; kx++) {
        let x = ix + kx * u32(u.dilationX);
        let f = vec4f(X[select(0u, plane + y * u.inputWidth + x, y < u.inputHeight && x < u.inputWidth)]);
        //#for v in 0..V
        a_$v = fma(f, W[wi], a_$v);
        wi += u.outputPlane;
        //#end
      }
    }
    plane += u.inputPlane;
  }
  let four = (u.firstBound + boundBlock) * $V;
  let at = u.outputBase + image * u.outputImage + position;
  //#for v in 0..V
  if ((four + $v) * 4u < u.outChannels) { Y[at + (four + $v) * u.outputPlane] = a_$v; }
  //#end
}
