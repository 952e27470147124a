// Convolution of many channels as a product of matrices that is never laid out (implicit GEMM), from tiles in workgroup memory.
//
//   Y[c, oy, ox] = epilogue(bias[c] + sum over ky, kx, ci of W[c, ci, ky, kx] X[ci, oy sy + ky dy - py, ox sx + kx dx - px])
//
// X   NC4HW4 vec4 [N, Cin/4, H, W] (channels padded with zeros to a multiple of 4); element 0 of the buffer is 0
// W   [group][block of C filters] { bias[C], [kh][kw][Cin/g/4][4][C] }, read as vec4: what is staged lies one after another
// Y   NC4HW4 vec4 [N, Cout/4, OH, OW] (Z: the same before the epilogue, when DUAL)
//
// A workgroup computes P pixels, one after another, x C filters. The depth of the product, taps times blocks of four channels, is gone
// through D blocks at a time: its invocations bring D values of every pixel and D*C weights, each loaded once for all of them, then each
// multiplies P*C/512 pixels x 8 filters out of what lies there. A pixel outside the input is element 0. What is brought from behind the
// end of the depth, at the last step, is not multiplied: it belongs to no tap.
// A vec4 from workgroup memory feeds up to 16 multiply-adds, whatever a GPU makes of loads at uniform addresses.
// No invocation leaves before the end: all meet at the barriers.
// Grid: x = P pixels each, y = blocks of filters, z = batch.
//#include convolution
@group(0) @binding(0) var<uniform> u: Convolution;
@group(0) @binding(1) var<storage, read> X: array<vec4f>;
//#include weights
//#include output

var<workgroup> values: array<vec4f, $(D*P)>;  // [D][P], four channels
var<workgroup> weights: array<vec4f, $(D*C)>; // [D][4][C], four filters

@compute @workgroup_size(64)
fn main(@builtin(workgroup_id) group: vec3u, @builtin(local_invocation_index) local: u32) {
  let filterBlock = u.firstBlock + group.y;
  let filterGroup = filterBlock / u.blocksPerGroup;
  let base = u.inputBase + group.z * u.inputImage + filterGroup * u.inChannels * u.inputPlane;
  let firstPixel = u.firstRow * u.outputWidth + group.x * $(P)u;
  // The pixels that this invocation brings ...
  //#for t in 0..P/64
  let brought_$t = firstPixel + local + $(64*t)u;
  let iy_$t = u32(i32(brought_$t / u.outputWidth * u.strideY) + u.offsetY);
  let ix_$t = u32(i32(brought_$t % u.outputWidth * u.strideX) + u.offsetX);
  let corner_$t = base + iy_$t * u.inputWidth + ix_$t;
  //#end
  // ... and those that it computes: every 512/C-th from here on, and every C/8-th vec4 of filters.
  let pixel = local % $(512/C)u;
  let four = local / $(512/C)u;

  var wi = (filterBlock - u.firstBound) * u.weightsPerBlock;
  //#for v in 0..2
  let bias_$v = W[wi + four + $(v*C/8)u];
  //#for j in 0..P*C/512
  var a_$j_$v = bias_$v;
  //#end
  //#end
  wi += $V;
  let depth = u.kernelHeight * u.kernelWidth * u.inChannels;
  let rowPitch = u.dilationY * u.inputWidth;
  var ky = 0u;
  var kx = 0u;
  var k = 0u;
  for (var at = 0u; at < depth; at += $(D)u) {
    //#for d in 0..D
    {
      let offset = k * u.inputPlane + ky * rowPitch + kx * u.dilationX;
      //#for t in 0..P/64
      let inside_$t = iy_$t + ky * u.dilationY < u.inputHeight && ix_$t + kx * u.dilationX < u.inputWidth;
      values[local + $(d*P+64*t)u] = X[select(0u, corner_$t + offset, inside_$t)];
      //#end
      k++;
      if (k == u.inChannels) {
        k = 0u;
        kx++;
        if (kx == u.kernelWidth) {
          kx = 0u;
          ky++;
        }
      }
    }
    //#end
    //#for i in 0..D*C/64
    weights[local + $(64*i)u] = W[wi + local + $(64*i)u];
    //#end
    wi += $(D*C)u;
    workgroupBarrier();
    //#for d in 0..D
    if (at + $(d)u < depth) {
      //#for j in 0..P*C/512
      let f_$j = values[pixel + $(d*P+j*512/C)u];
      //#end
      //#for e in 0..4
      //#for v in 0..2
      let w_$e_$v = weights[four + $(d*C+e*C/4+v*C/8)u];
      //#for j in 0..P*C/512
      a_$j_$v = fma(vec4f(f_$j[$e]), w_$e_$v, a_$j_$v);
      //#end
      //#end
      //#end
    }
    //#end
    workgroupBarrier();
  }
  let filter0 = (filterBlock - filterGroup * u.blocksPerGroup) * $(C)u;
  let channel0 = filterGroup * u.outChannels + filter0 - u.channelOrigin;
  let end = u.rowEnd * u.outputWidth;
  //#for j in 0..P*C/512
  {
    let stored = firstPixel + pixel + $(j*512/C)u;
    if (stored < end) {
      let at = u.outputBase + group.z * u.outputImage + stored;
      //#for v in 0..2
      let filter_$v = 4u * (four + $(v*C/8)u);
      if (filter0 + filter_$v < u.outChannels && channel0 + filter_$v < u.channelEnd) {
        store(at + (channel0 + filter_$v) / 4u * u.outputPlane, a_$j_$v);
      }
      //#end
    }
  }
  //#end
}
