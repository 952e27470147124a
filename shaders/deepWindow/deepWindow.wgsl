// Convolution of many channels, in blocks of four, with a sliding window of rows kept in registers.
//
//   Y[c, oy, ox] = epilogue(bias[c] + sum over ci, kx, ky of W[c, ci, ky, kx] X[ci, oy sy + ky dy - py, ox sx + kx dx - px])
//
// X   NC4HW4 vec4 [N, Cin/4, H, W] (channels padded with zeros to a multiple of 4); element 0 of the buffer is 0
// W   [group][block of C filters] { bias[C], [Cin/g/4][kw][kh][4][C] }, read as vec4
// Y   NC4HW4 vec4 [N, Cout/4, OH, OW] (Z: the same before the epilogue, when DUAL)
//
// `window` and `dense` in one: an invocation computes P rows of Q columns for C filters, as text, and per block of channels and input
// column it loads N = (P-1) S + KH rows, each a vec4 of four channels. They feed 4 P KH C multiply-adds of each column that reads them;
// `dense` would load P KH times. Rows and columns are apart as in `window`. The text depends on P, Q, C, KH and S alone, and on T where Q > 1.
// Grid: x = strips of 64 invocations (invocation id = strip of rows * strips of columns + strip of columns: neighbours read neighbours), y = blocks of
// filters (weights at uniform addresses), z = batch. A whole tail of invocations leaves at once.
//#if BROADCAST || RECORDS
enable subgroups;
//#end
//#if BROADCAST
diagnostic(off, subgroup_uniformity);
//#end
//#include convolution
@group(0) @binding(0) var<uniform> u: Convolution;
@group(0) @binding(1) var<storage, read> X: array<vec4f>;
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
  //#for r in 0..N
  let ok_$r = u32(iy) + $r * u.dilationY < u.inputHeight;
  //#end
  let rowPitch = u.dilationY * u.inputWidth;
  let firstInput = min(filterGroup * u.groupChannels / 4u, u.lastFirstBlock);
  var plane = u.inputBase + group.z * u.inputImage + firstInput * u.inputPlane + u32(iy) * u.inputWidth;

  let wi = (filterBlock - u.firstBound) * u.weightsPerBlock;
  //#for v in 0..V
  let bias_$v = W[wi + $v];
  //#for j in 0..P*Q
  var a_$j_$v = bias_$v;
  //#end
  //#end
  var column0 = wi + $V;
  for (var k = 0u; k < u.inChannels; k++) {
    for (var m = 0u; m < u.kernelWidth + $((Q-1)*T)u; m++) {
      let x = u32(ix) + m * u.dilationX;
      let at = plane + x;
      let inside = x < u.inputWidth;
      //#for r in 0..N
      let f_$r = X[select(0u, at + $r * rowPitch, inside & ok_$r)];
      //#end
      //#for q in 0..Q
      //#if Q > 1
      let kx_$q = m - $(q*T);
      if (kx_$q < u.kernelWidth) {
        let wi = column0 + kx_$q * $(4*KH*V);
      //#else
      {
        let wi = column0 + m * $(4*KH*V);
      //#end
        //#for ky in 0..KH
        {
          //#if BROADCAST
          //#for i in 0..(4*V+BROADCAST-1)/BROADCAST
          let s_$i = W[wi + $(ky*V*4+i*BROADCAST) + quad];
          //#end
          //#end
          //#for e in 0..4
          //#for v in 0..V
          //#if BROADCAST
          let w_$e_$v = subgroupBroadcast(s_$((e*V+v)/BROADCAST), $((e*V+v)%BROADCAST));
          //#else
          let w_$e_$v = W[wi + $((ky*4+e)*V+v)];
          //#end
          //#for j in 0..P
          a_$(q*P+j)_$v = fma(vec4f(f_$(j*S+ky)[$e]), w_$e_$v, a_$(q*P+j)_$v);
          //#end
          //#end
          //#end
        }
        //#end
      }
      //#end
    }
    column0 += u.kernelWidth * $(4*KH*V);
    plane += u.inputPlane;
  }
  //#include rows
}
