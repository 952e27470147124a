// Convolution of many channels, in blocks of four: 1x1, KxK, strided, dilated and grouped by the same text.
//
//   Y[c, oy, ox] = epilogue(bias[c] + sum over ky, kx, ci of W[c, ci, ky, kx] X[ci, oy sy + ky dy - py, ox sx + kx dx - px])
//
// X   NC4HW4 vec4 [N, Cin/4, H, W] (channels padded with zeros to a multiple of 4); element 0 of the buffer is 0
// W   [group][block of C filters] { bias[C], [kh][kw][Cin/g/4][4][C] }, read as vec4: one pointer that only moves forward
// Y   NC4HW4 vec4 [N, Cout/4, OH, OW] (Z: the same before the epilogue, when DUAL)
//
// One invocation computes P pixels x C filters: P*C accumulators, as text. It owns pixels id + j NT, j < P, so that neighbours
// stay neighbours in memory and the ragged end costs less than one workgroup. Per tap each pixel finds its address once; a pixel
// outside the input stands still on element 0. Inside, P vec4 loads and 4 C/4 uniform weight loads feed 4*P*C multiply-adds.
// HALF: products in f16 (`multiplyHalf`), weights as half floats in another order of bits (`halfWeights`), for fast runs alone.
// Grid: x = 64 invocations each, y = blocks of filters (weights at uniform addresses), z = batch.
//#if BROADCAST || RECORDS
enable subgroups;
//#end
//#if BROADCAST
diagnostic(off, subgroup_uniformity);
//#end
//#if HALF && NATIVE
enable f16;
//#end
//#include convolution
@group(0) @binding(0) var<uniform> u: Convolution;
@group(0) @binding(1) var<storage, read> X: array<vec4f>;
//#if HALF
//#include halfWeights
//#else
//#include weights
//#end
//#include output

@compute @workgroup_size(64)
fn main(
  @builtin(workgroup_id) group: vec3u,
  @builtin(local_invocation_index) local: u32,
  //#if BROADCAST || RECORDS
  @builtin(subgroup_invocation_id) lane: u32,
  //#end
) {
  let id = group.x * 64u + local;
  //#if BROADCAST
  let quad = lane & $(BROADCAST-1)u;
  //#end
  //#if BROADCAST && !RECORDS
  if (id - quad >= u.invocations) { return; }
  //#end
  //#if !BROADCAST && !RECORDS
  if (id >= u.invocations) { return; }
  //#end
  let filterBlock = u.firstBlock + group.y;
  let filterGroup = filterBlock / u.blocksPerGroup;
  let firstInput = min(filterGroup * u.groupChannels / 4u, u.lastFirstBlock);
  let base = u.inputBase + group.z * u.inputImage + firstInput * u.inputPlane;
  let end = u.rowEnd * u.outputWidth;
  //#for j in 0..P
  let pixel_$j = u.firstRow * u.outputWidth + id + $j * u.invocations;
  let iy_$j = u32(i32(pixel_$j / u.outputWidth * u.strideY) + u.offsetY);
  let ix_$j = u32(i32(pixel_$j % u.outputWidth * u.strideX) + u.offsetX);
  //#end

  var wi = (filterBlock - u.firstBound) * u.weightsPerBlock;
  //#for v in 0..V
  //#if HALF
  let bias_$v = bitcast<vec4f>(W[wi + $v]);
  //#else
  let bias_$v = W[wi + $v];
  //#end
  //#for j in 0..P
  var a_$j_$v = bias_$v;
  //#end
  //#end
  //#if HALF
  let powers = wi + $V;
  wi += $(2*V);
  //#else
  wi += $V;
  //#end
  for (var ky = 0u; ky < u.kernelHeight; ky++) {
    for (var kx = 0u; kx < u.kernelWidth; kx++) {
      //#for j in 0..P
      let y_$j = iy_$j + ky * u.dilationY;
      let x_$j = ix_$j + kx * u.dilationX;
      let inside_$j = (y_$j < u.inputHeight) & (x_$j < u.inputWidth);
      var i_$j = select(0u, base + y_$j * u.inputWidth + x_$j, inside_$j);
      let step_$j = select(0u, u.inputPlane, inside_$j);
      //#end
      for (var k = 0u; k < u.inChannels; k++) {
        //#for j in 0..P
        let f_$j = X[i_$j];
        i_$j += step_$j;
        //#end
        //#if HALF
        //#include multiplyHalf
        //#else
        //#include multiply
        //#end
      }
    }
  }
  //#for j in 0..P
  //#if HALF
  //#for v in 0..V
  a_$j_$v *= bitcast<vec4f>(W[powers + $v]);
  //#end
  //#end
  let at_$j = u.outputBase + group.z * u.outputImage + pixel_$j;
  //#if BROADCAST || RECORDS
  let isMine_$j = pixel_$j < end && id < u.invocations;
  //#else
  let isMine_$j = pixel_$j < end;
  //#end
  //#end
  //#include stores
}
