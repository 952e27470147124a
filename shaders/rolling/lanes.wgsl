// Depthwise convolution with one filter per channel, row by row as `rolling` does it, a lane for each channel: for kernels above 3 x 3 on
// SwiftShader.
//
//   Y[c, oy, ox] = epilogue(bias[c] + sum over ky, kx of W[c, ky, kx] X[c, oy sy + ky dy - py, ox sx + kx dx - px])
//
// X   NC4HW4 [N, C/4, H, W, 4], read as floats; elements 0 to 3 of the buffer are 0
// W   [block of four channels] { bias, [kw][kh] } of four channels each, read as floats
// Y   NC4HW4, written as floats (Z: the same before the epilogue, when DUAL)
//
// Four invocations go down the same Q columns, each for one channel of a block. A load of four floats by four lanes is the same machine code
// whether the lanes stand on four pixels or on the four channels of one, and here it is a whole pixel: a round of Q = 4 columns of a
// 5 x 5 kernel takes 8 of them where four lanes of `rolling` take 20, in text that is a third as long, so that wider strips fit the
// instruction cache. The rest is as there: `rolling` says what a round is.
// Grid: x = 64 invocations (invocation id = (strip of rows * strips of columns + strip of columns) * 4 + channel), y = blocks of four
// channels, z = batch.
//#include convolution
@group(0) @binding(0) var<uniform> u: Convolution;
@group(0) @binding(1) var<storage, read> X: array<f32>;
@group(0) @binding(2) var<storage, read> W: array<f32>;
//#include output

@compute @workgroup_size(64)
fn main(@builtin(workgroup_id) group: vec3u, @builtin(local_invocation_index) local: u32) {
  let id = group.x * 64u + local;
  let lane = local % 4u;
  if (id >= u.invocations) { return; }
  let block = u.firstBlock + group.y;
  let columnStep = u.columnStep;
  let strips = (u.outputWidth + $Q * columnStep - 1u) / ($Q * columnStep) * columnStep;
  let across = id / 4u % strips;
  let down = id / 4u / strips;
  let column = across / columnStep * ($Q * columnStep) + across % columnStep;
  let row = u.firstRow + down / u.rowStep * (u.stripRows * u.rowStep) + down % u.rowStep;
  let plane = 4u * (u.inputBase + group.z * u.inputImage + block * u.inputPlane) + lane;
  var y = row * u.strideY + u32(u.offsetY);
  //#for m in 0..M
  let x_$m = column * u.strideX + u32(u.offsetX) + $m * u.dilationX;
  let ok_$m = x_$m < u.inputWidth;
  let at_$m = plane + 4u * x_$m;
  //#end

  let wi = 4u * (block - u.firstBound) * u.weightsPerBlock + lane;
  let bias = W[wi];
  //#for kx in 0..KW
  //#for ky in 0..KH
  let w_$ky_$kx = W[wi + $(4*(1+kx*KH+ky))];
  //#end
  //#end

  // Rows of this strip, none behind the last invocation; and those that each column stores, none beside the map.
  let rows = select(0u, min(u.stripRows, (u.rowEnd - row + u.rowStep - 1u) / u.rowStep), row < u.rowEnd);
  let channel0 = 4u * block - u.channelOrigin;
  //#for q in 0..Q
  let rows_$q = select(0u, rows, column + $q * columnStep < u.outputWidth && channel0 < u.channelEnd);
  //#end
  var at = u.outputBase + group.z * u.outputImage + channel0 / 4u * u.outputPlane + column;
  at += (row - $(A-1) * u.rowStep) * u.outputWidth;
  at = 4u * at + lane;
  //#for a in 0..A-1
  //#for q in 0..Q
  var carried_$a_$q = bias;
  //#end
  //#end
  let nextRow = 4u * u.rowStep * u.outputWidth;
  let rounds = rows + $(A-1)u;
  for (var t = 0u; t < rounds; t++) {
    //#for s in 0..S
    let row_$s = 4u * y * u.inputWidth;
    let isRow_$s = y < u.inputHeight;
    //#for m in 0..M
    let f_$s_$m = X[select(0u, row_$s + at_$m, isRow_$s & ok_$m)];
    //#end
    y += u.dilationY;
    //#end
    // Output row a from the one that this round completes on: kernel rows (A-1-a) S and the S - 1 behind it.
    //#for a in 0..A
    //#for q in 0..Q
    //#if a < A-1
    var a_$a_$q = carried_$a_$q;
    //#else
    var a_$a_$q = bias;
    //#end
    //#for s in 0..S
    //#if (A-1-a)*S+s < KH
    //#for kx in 0..KW
    a_$a_$q = fma(f_$s_$(q*T+kx), w_$((A-1-a)*S+s)_$kx, a_$a_$q);
    //#end
    //#end
    //#end
    //#end
    //#end
    //#for q in 0..Q
    //#for a in 1..A
    carried_$(a-1)_$q = a_$a_$q;
    //#end
    if (t - $(A-1)u < rows_$q) {
      store(at + 4u * $q * columnStep, a_0_$q);
    }
    //#end
    at += nextRow;
  }
}
