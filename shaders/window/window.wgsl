// Convolution with a sliding window of rows kept in registers: of planar maps (a photo's few channels), and depthwise (LANES).
//
//   Y[c, oy, ox] = epilogue(bias[c] + sum over ci, ky, kx of W[c, ci, ky, kx] X[ci, oy sy + ky dy - py, ox sx + kx dx - px])
//
// X   planar f32 [N, Cin, H, W]; element 0 of the buffer is 0
// W   [group][block of C filters] { bias[C], [Cin/g][kw][kh][C] }, read as vec4
// Y   NC4HW4 vec4 [N, Cout/4, OH, OW] (Z: the same before the epilogue, when DUAL)
//
// LANES: every channel by itself, four in a vec4, with C / 4 filters each. X is NC4HW4, a group is a block of four channels and its
// C filters, and the lanes of a vec4 are repeated as the filters want them: x x y y, z z w w for two filters per channel.
//
// One invocation computes P rows of Q output columns for C filters: P*Q*C accumulators, as text. Its rows are `rowStep` apart,
// rowStep = dy / gcd(sy, dy), so that all the input rows it reads are dy apart: row j reads rows j*S .. j*S + KH-1 of them,
// S = sy / gcd(sy, dy). Per channel and kernel column N = (P-1) S + KH loads feed P*KH*C multiply-adds; that ratio is what the
// window is for. Columns share input columns likewise, T = sx / gcd(sx, dx) of them from one to the next: each is loaded once, for all that
// read it. The text depends on P, Q, C, KH and S alone, and on T where Q > 1.
// INSIDE: there is no border, so every window that is stored lies inside the input, and loads are not tested for it: what they cost beside
// their multiply-adds matters where the stride leaves nothing to share.
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
//#if LANES
@group(0) @binding(1) var<storage, read> X: array<vec4f>;
//#else
@group(0) @binding(1) var<storage, read> X: array<f32>;
//#end
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
  //#if !INSIDE
  //#for r in 0..N
  let ok_$r = u32(iy) + $r * u.dilationY < u.inputHeight;
  //#end
  //#end
  let rowPitch = u.dilationY * u.inputWidth;
  var plane = u.inputBase + group.z * u.inputImage + filterGroup * u.inChannels * u.inputPlane + u32(iy) * u.inputWidth;

  let wi = (filterBlock - u.firstBound) * u.weightsPerBlock;
  //#for v in 0..V
  let bias_$v = W[wi + $v];
  //#for j in 0..P*Q
  var a_$j_$v = bias_$v;
  //#end
  //#end
  var column0 = wi + $V;
  for (var ci = 0u; ci < u.inChannels; ci++) {
    for (var m = 0u; m < u.kernelWidth + $((Q-1)*T)u; m++) {
      let x = u32(ix) + m * u.dilationX;
      let at = plane + x;
      //#if INSIDE
      //#for r in 0..N
      let f_$r = vec4f(X[at + $r * rowPitch]);
      //#end
      //#else
      let inside = x < u.inputWidth;
      //#for r in 0..N
      let f_$r = vec4f(X[select(0u, at + $r * rowPitch, inside & ok_$r)]);
      //#end
      //#end
      //#if LANES && V > 1
      //#for r in 0..N
      //#for v in 0..V
      let f_$(r)_$v = vec4f(f_$r[$(4*v/V)], f_$r[$((4*v+1)/V)], f_$r[$((4*v+2)/V)], f_$r[$((4*v+3)/V)]);
      //#end
      //#end
      //#end
      //#for q in 0..Q
      //#if Q > 1
      let kx_$q = m - $(q*T);
      if (kx_$q < u.kernelWidth) {
        let wi = column0 + kx_$q * $(KH*V);
      //#else
      {
        let wi = column0 + m * $(KH*V);
      //#end
        //#if BROADCAST
        //#for i in 0..(KH*V+BROADCAST-1)/BROADCAST
        let s_$i = W[wi + $(i*BROADCAST) + quad];
        //#end
        //#end
        //#for ky in 0..KH
        //#for v in 0..V
        //#if BROADCAST
        let w_$ky_$v = subgroupBroadcast(s_$((ky*V+v)/BROADCAST), $((ky*V+v)%BROADCAST));
        //#else
        let w_$ky_$v = W[wi + $(ky*V+v)];
        //#end
        //#for j in 0..P
        //#if LANES && V > 1
        a_$(q*P+j)_$v = fma(f_$(j*S+ky)_$v, w_$ky_$v, a_$(q*P+j)_$v);
        //#else
        a_$(q*P+j)_$v = fma(f_$(j*S+ky), w_$ky_$v, a_$(q*P+j)_$v);
        //#end
        //#end
        //#end
        //#end
      }
      //#end
    }
    column0 += u.kernelWidth * $(KH*V);
    plane += u.inputPlane;
  }
  //#include rows
}
