// Convolution of planar maps, one tap after another: the general program, for kernels whose height is not worth a text of their
// own (see window). Same formula, arrays, weights and grid as window; the kernel's rows are a loop instead of text, so P values are
// loaded per tap and C filters use each. The text depends on P and C alone.
//#if BROADCAST || RECORDS
enable subgroups;
//#end
//#if BROADCAST
diagnostic(off, subgroup_uniformity);
//#end
//#include convolution
@group(0) @binding(0) var<uniform> u: Convolution;
@group(0) @binding(1) var<storage, read> X: array<f32>;
//#include weights
//#include output

@compute @workgroup_size(64)
fn main(
  @builtin(workgroup_id) group: vec3u,
  @builtin(local_invocation_index) local: u32,
  //#if BROADCAST || RECORDS
  @builtin(subgroup_invocation_id) lane: u32,
  //#end
) {
  //#include strip
  let jump = u.rowStep * u.strideY;
  var plane = u.inputBase + group.z * u.inputImage + filterGroup * u.inChannels * u.inputPlane;

  var wi = (filterBlock - u.firstBound) * u.weightsPerBlock;
  //#for v in 0..V
  let bias_$v = W[wi + $v];
  //#for j in 0..P
  var a_$j_$v = bias_$v;
  //#end
  //#end
  wi += $V;
  for (var ci = 0u; ci < u.inChannels; ci++) {
    for (var kx = 0u; kx < u.kernelWidth; kx++) {
      let x = u32(ix) + kx * u.dilationX;
      let inside = x < u.inputWidth;
      for (var ky = 0u; ky < u.kernelHeight; ky++) {
        let y = u32(iy) + ky * u.dilationY;
        //#for j in 0..P
        let f_$j = vec4f(X[select(0u, plane + (y + $j * jump) * u.inputWidth + x, inside && y + $j * jump < u.inputHeight)]);
        //#end
        //#include multiplyPlane
      }
    }
    plane += u.inputPlane;
  }
  //#include rows
}
