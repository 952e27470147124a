// Depthwise convolution with one filter per channel, row by row: for software adapters, which pay for loads and not for multiply-adds.
//
//   Y[c, oy, ox] = epilogue(bias[c] + sum over ky, kx of W[c, ky, kx] X[c, oy sy + ky dy - py, ox sx + kx dx - px])
//
// X   NC4HW4 vec4 [N, C/4, H, W]; element 0 of the buffer is 0
// W   [block of four channels] { bias, [kw][kh] }, read as vec4
// Y   NC4HW4 vec4 [N, C/4, OH, OW] (Z: the same before the epilogue, when DUAL)
//
// One invocation goes down Q columns of four channels, `stripRows` rows of them. Each round takes S new input rows, M = (Q-1) T + KW vec4 of
// each, adds them to the A = ceil(KH / S) output rows that read them, stores the one that is complete and carries the sums of the others
// on to the next round: nothing is loaded twice for an output further down. A window of 8 rows (`window` with LANES) loads (7 S + KH) KW / 8
// vec4 for an output, this S M / Q: 3 instead of 3.75 at 3 x 3, 5 instead of 7.5 at 5 x 5, 10 instead of 11.9 with stride 2, all with Q = 1.
// What counts as much: a round is short. On software adapters each vec4 load is 1.5 to 2 KiB of machine code, and a loop of more than some
// sixteen of them no longer fits the processor's instruction cache.
// As in `window`, output rows of one invocation are `rowStep` apart, so that the input rows are dy apart, S = sy / gcd(sy, dy) of them per output
// row; its columns likewise, T = sx / gcd(sx, dx). The text depends on Q, KH, KW, S and T alone (T: 1 where Q is 1).
// Grid: x = strips of 64 invocations (invocation id = strip of rows * strips of columns + strip of columns: neighbours read neighbours),
// y = blocks of four channels (weights at uniform addresses), z = batch. A whole tail of invocations leaves at once.
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
  let block = u.firstBlock + group.y;
  let columnStep = u.columnStep;
  let strips = (u.outputWidth + $Q * columnStep - 1u) / ($Q * columnStep) * columnStep;
  let across = id % strips;
  let down = id / strips;
  let column = across / columnStep * ($Q * columnStep) + across % columnStep;
  let row = u.firstRow + down / u.rowStep * (u.stripRows * u.rowStep) + down % u.rowStep;
  let plane = u.inputBase + group.z * u.inputImage + block * u.inputPlane;
  var y = row * u.strideY + u32(u.offsetY);
  //#for m in 0..M
  let x_$m = column * u.strideX + u32(u.offsetX) + $m * u.dilationX;
  let ok_$m = x_$m < u.inputWidth;
  //#end

  let wi = (block - u.firstBound) * u.weightsPerBlock;
  //#if BROADCAST
  //#for i in 0..(KH*KW+BROADCAST)/BROADCAST
  let s_$i = W[wi + $(i*BROADCAST) + quad];
  //#end
  let bias = subgroupBroadcast(s_0, 0);
  //#else
  let bias = W[wi];
  //#end
  //#for kx in 0..KW
  //#for ky in 0..KH
  //#if BROADCAST
  let w_$ky_$kx = subgroupBroadcast(s_$((1+kx*KH+ky)/BROADCAST), $((1+kx*KH+ky)%BROADCAST));
  //#else
  let w_$ky_$kx = W[wi + $(1+kx*KH+ky)];
  //#end
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
  //#if RECORDS
  let filter0 = 0u;
  var lowest = vec4f(3.4028234e38);
  var highest = vec4f(-3.4028234e38);
  var sum = vec4f(0.0);
  var squares = vec4f(0.0);
  var zeros = vec4u(0u);
  //#end
  //#for a in 0..A-1
  //#for q in 0..Q
  var carried_$a_$q = bias;
  //#end
  //#end
  let nextRow = u.rowStep * u.outputWidth;
  let rounds = rows + $(A-1)u;
  for (var t = 0u; t < rounds; t++) {
    //#for s in 0..S
    let row_$s = plane + y * u.inputWidth;
    let isRow_$s = y < u.inputHeight;
    //#for m in 0..M
    let f_$s_$m = X[select(0u, row_$s + x_$m, isRow_$s & ok_$m)];
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
      //#if RECORDS
      let value = store(at + $q * columnStep, a_0_$q);
      lowest = min(lowest, value);
      highest = max(highest, value);
      sum += value;
      squares = fma(value, value, squares);
      zeros += vec4u(value == vec4f(0.0));
      //#else
      _ = store(at + $q * columnStep, a_0_$q);
      //#end
    }
    //#end
    at += nextRow;
  }
  //#if RECORDS
  //#include partials
  //#end
}
