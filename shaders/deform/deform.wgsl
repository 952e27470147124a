// Deformable convolution in one pass, without a buffer of columns.
//
//   Y[c, oy, ox] = epilogue(bias[c] + sum over ky, kx, ci of W[c, ci, ky, kx] m X[ci](y, x))
//   (y, x) = (oy sy + ky dy - top + d.y, ox sx + kx dx - left + d.x)
//
// X(y, x) is bilinear between pixels and 0 outside: a sample within a pixel of the border has the corners that lie inside. d and m are
// read from D and M, once per output pixel, tap and offset group.
//
// BLOCKS  X NC4HW4 vec4, W [group][block of C filters] { bias[C], [kh][kw][Cin/g/4][4][C] }: as dense
// PLANES  X planar f32, W the same with [kh][kw][Cin/g][C]: few channels, or groups that do not come in fours
// D       NC4HW4 [N, 2 G kh kw, OH, OW] read as vec2: y and x of a tap stand side by side
// M       NC4HW4 [N, G kh kw, OH, OW] read as f32 (MASK)
// Y       NC4HW4 [N, Cout/4, OH, OW]
//
// One invocation computes P pixels x C filters: P*C accumulators, as text. Per tap and offset group each pixel finds its four corners and
// their weights once (m is in them, and 0 for corners outside); each block of four channels is then sampled once and used for C filters.
// The place of a sample is never rounded: the offset's whole part moves the pixel, its fraction is the weight.
// Grid: x, y = pixels in workgroups of 64 in rows of `perRow`, z = blocks of filters (weights at uniform addresses) of all images.
//#if BROADCAST
enable subgroups;
diagnostic(off, subgroup_uniformity);
//#end
struct Deform {
  inputBase: u32,      // in elements of X
  inputPlane: u32,
  inputImage: u32,
  inputHeight: i32,
  inputWidth: i32,
  outputBase: u32,     // in vec4; D and M have planes of the same size
  outputPlane: u32,
  outputImage: u32,
  outputWidth: u32,
  offsetImage: u32,    // in vec4
  maskImage: u32,
  firstGroup: u32,     // of the workgroups along x and y, one past the last, and how many stand in a row
  groupEnd: u32,
  perRow: u32,
  invocations: u32,    // NT: an invocation has the pixels id + j NT
  firstSlot: u32,      // of the bound blocks of all images along z
  firstBound: u32,     // of the blocks of filters, the one that W begins with, and how many are bound
  boundBlocks: u32,
  blocks: u32,         // of filters: all
  strideY: i32,
  strideX: i32,
  dilationY: i32,
  dilationX: i32,
  top: i32,
  left: i32,
  kernelWidth: u32,
  taps: u32,
  inChannels: u32,     // per group: blocks of four, or channels (PLANES)
  perOffsetGroup: u32, // the same
  outChannels: u32,    // per group
  blocksPerGroup: u32,
  weightsPerBlock: u32, // in vec4
  slope: f32,          // of the epilogue
  cap: f32,
}
@group(0) @binding(0) var<uniform> u: Deform;
//#if PLANES
@group(0) @binding(1) var<storage, read> X: array<f32>;
//#else
@group(0) @binding(1) var<storage, read> X: array<vec4f>;
//#end
//#include weights
//#include output
@group(0) @binding(4) var<storage, read> D: array<vec2f>;
//#if MASK
@group(0) @binding(5) var<storage, read> M: array<f32>;
//#end

@compute @workgroup_size(64)
fn main(
  @builtin(workgroup_id) group: vec3u,
  @builtin(local_invocation_index) local: u32,
  //#if BROADCAST
  @builtin(subgroup_invocation_id) lane: u32,
  //#end
) {
  let number = u.firstGroup + group.y * u.perRow + group.x;
  if (number >= u.groupEnd) { return; }
  let id = number * 64u + local;
  //#if BROADCAST
  let quad = lane & $(BROADCAST-1)u;
  if (id - quad >= u.invocations) { return; }
  //#else
  if (id >= u.invocations) { return; }
  //#end
  let slot = u.firstSlot + group.z;
  let image = slot / u.boundBlocks;
  let boundBlock = slot % u.boundBlocks;
  let filterBlock = u.firstBound + boundBlock;
  let filterGroup = filterBlock / u.blocksPerGroup;
  let firstChannel = filterGroup * u.inChannels;
  let base = u.inputBase + image * u.inputImage + firstChannel * u.inputPlane;
  //#for j in 0..P
  let pixel_$j = id + $j * u.invocations;
  let oy_$j = i32(pixel_$j / u.outputWidth) * u.strideY - u.top;
  let ox_$j = i32(pixel_$j % u.outputWidth) * u.strideX - u.left;
  //#end

  var wi = boundBlock * u.weightsPerBlock;
  //#for v in 0..V
  let bias_$v = W[wi + $v];
  //#for j in 0..P
  var a_$j_$v = bias_$v;
  //#end
  //#end
  wi += $V;
  for (var tap = 0u; tap < u.taps; tap++) {
    let ty = i32(tap / u.kernelWidth) * u.dilationY;
    let tx = i32(tap % u.kernelWidth) * u.dilationX;
    for (var k = 0u; k < u.inChannels;) {
      let offsetGroup = (firstChannel + k) / u.perOffsetGroup;
      let end = min(u.inChannels, (offsetGroup + 1u) * u.perOffsetGroup - firstChannel);
      let pair = offsetGroup * u.taps + tap;
      let offsets = 2u * (u.outputBase + image * u.offsetImage + pair / 2u * u.outputPlane) + pair % 2u;
      //#if MASK
      let masks = 4u * (u.outputBase + image * u.maskImage + pair / 4u * u.outputPlane) + pair % 4u;
      //#end
      //#for j in 0..P
      let d_$j = D[offsets + 2u * pixel_$j];
      // So far away that it is outside whatever the size, and still an integer.
      let whole_$j = clamp(floor(d_$j), vec2f(-1.0e8), vec2f(1.0e8));
      let part_$j = clamp(d_$j - whole_$j, vec2f(0.0), vec2f(1.0));
      let y_$j = oy_$j + ty + i32(whole_$j.x);
      let x_$j = ox_$j + tx + i32(whole_$j.y);
      let y0_$j = clamp(y_$j, 0, u.inputHeight - 1);
      let y1_$j = clamp(y_$j + 1, 0, u.inputHeight - 1);
      let x0_$j = clamp(x_$j, 0, u.inputWidth - 1);
      let x1_$j = clamp(x_$j + 1, 0, u.inputWidth - 1);
      let rows_$j = select(vec2f(0.0), vec2f(1.0 - part_$j.x, part_$j.x), vec2(y0_$j == y_$j, y1_$j == y_$j + 1));
      var columns_$j = select(vec2f(0.0), vec2f(1.0 - part_$j.y, part_$j.y), vec2(x0_$j == x_$j, x1_$j == x_$j + 1));
      //#if MASK
      columns_$j *= M[masks + 4u * pixel_$j];
      //#end
      let weights_$j = vec4f(rows_$j.x * columns_$j, rows_$j.y * columns_$j);
      let right_$j = u32(x1_$j - x0_$j);
      let below_$j = u32((y1_$j - y0_$j) * u.inputWidth);
      var i_$j = base + k * u.inputPlane + u32(y0_$j * u.inputWidth + x0_$j);
      //#end
      for (; k < end; k++) {
        //#for j in 0..P
        let sample_$j = weights_$j.x * X[i_$j] + weights_$j.y * X[i_$j + right_$j]
          + weights_$j.z * X[i_$j + below_$j] + weights_$j.w * X[i_$j + below_$j + right_$j];
        i_$j += u.inputPlane;
        //#end
        //#if PLANES
        //#for j in 0..P
        let f_$j = vec4f(sample_$j);
        //#end
        //#include multiplyPlane
        //#else
        //#for j in 0..P
        let f_$j = sample_$j;
        //#end
        //#include multiply
        //#end
      }
    }
  }
  //#for j in 0..P
  //#if BROADCAST
  let isMine_$j = pixel_$j < u.outputPlane && id < u.invocations;
  //#else
  let isMine_$j = pixel_$j < u.outputPlane;
  //#end
  let at_$j = u.outputBase + image * u.outputImage + pixel_$j;
  //#end
  //#include filters
}
