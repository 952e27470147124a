// Transposed convolution, phase by phase (lib/phases.wgsl says what a phase is).
//
//   Y[c, u, v] = epilogue(bias[c] + sum over ci, (q, a), (r, b) of W[ci, c, a, b] X[ci, q, r])
//   u = q sy + a dy - top, v = r sx + b dx - left
//
// BLOCKS  X NC4HW4, W [group][block of C filters] { bias[C], [kh][kw][Cin/g/4][4][C] }: as dense
// PLANES  X planar, W the same with [kh][kw][Cin/g][C]: few channels, or groups that do not come in fours
// Y       NC4HW4 [N, Cout/4, OH, OW]. Element 0 of X is 0 for ever: taps outside the input read it.
//
// One invocation computes P outputs of one phase for C filters: P*C accumulators, as text. Workgroups of 64; a tile is the workgroups of
// all phases side by side, because they write neighbouring outputs and read the same inputs. Grid: x, y = tiles times phases in rows of
// `perRow` workgroups, z = blocks of filters (weights at uniform addresses) of all images.
//#if BROADCAST
enable subgroups;
diagnostic(off, subgroup_uniformity);
//#end
//#include phases

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
  let phases = u.strideY * u.strideX;
  let firstRow = number % phases / u.strideX;
  let firstColumn = number % u.strideX;
  let rows = phaseOf(firstRow, u.outputHeight, u.strideY, u.dilationY, u.commonY, u.inverseY, u.kernelHeight, u.top);
  let columns = phaseOf(firstColumn, u.outputWidth, u.strideX, u.dilationX, u.commonX, u.inverseX, u.kernelWidth, u.left);
  let pixels = rows.count * columns.count;
  let invocations = (pixels + $(P-1)) / $P;
  let id = number / phases * 64u + local;
  //#if BROADCAST
  let quad = lane & $(BROADCAST-1)u;
  if (id - quad >= invocations) { return; }
  //#else
  if (id >= invocations) { return; }
  //#end
  let slot = u.firstSlot + group.z;
  let image = slot / u.boundBlocks;
  let boundBlock = slot % u.boundBlocks;
  let filterBlock = u.firstBound + boundBlock;
  let filterGroup = filterBlock / u.blocksPerGroup;
  let base = u.inputBase + image * u.inputImage + filterGroup * u.inChannels * u.inputPlane;
  //#for j in 0..P
  let pixel_$j = id + $j * invocations;
  let m_$j = pixel_$j / columns.count;
  let n_$j = pixel_$j % columns.count;
  let q_$j = u32(rows.source + i32(m_$j));
  let r_$j = u32(columns.source + i32(n_$j));
  //#end

  let weights = boundBlock * u.weightsPerBlock;
  //#for v in 0..V
  let bias_$v = W[weights + $v];
  //#for j in 0..P
  var a_$j_$v = bias_$v;
  //#end
  //#end
  let stepY = u.strideY / u.commonY;
  let stepX = u.strideX / u.commonX;
  let pitchY = u.dilationY / u.commonY;
  let pitchX = u.dilationX / u.commonX;
  for (var ky = 0u; ky < rows.taps; ky++) {
    for (var kx = 0u; kx < columns.taps; kx++) {
      let tap = (rows.tap + ky * stepY) * u.kernelWidth + columns.tap + kx * stepX;
      var wi = weights + $V + tap * u.weightsPerTap;
      //#for j in 0..P
      // Above or left of the input the position wraps to a huge number.
      let y_$j = q_$j - ky * pitchY;
      let x_$j = r_$j - kx * pitchX;
      let inside_$j = (y_$j < u.inputHeight) & (x_$j < u.inputWidth);
      var i_$j = select(0u, base + y_$j * u.inputWidth + x_$j, inside_$j);
      let step_$j = select(0u, u.inputPlane, inside_$j);
      //#end
      for (var k = 0u; k < u.inChannels; k++) {
        //#if PLANES
        //#for j in 0..P
        let f_$j = vec4f(X[i_$j]);
        i_$j += step_$j;
        //#end
        //#include multiplyPlane
        //#else
        //#for j in 0..P
        let f_$j = X[i_$j];
        i_$j += step_$j;
        //#end
        //#include multiply
        //#end
      }
    }
  }
  //#for j in 0..P
  //#if BROADCAST
  let isMine_$j = pixel_$j < pixels && id < invocations;
  //#else
  let isMine_$j = pixel_$j < pixels;
  //#end
  let row_$j = firstRow + m_$j * u.strideY;
  let at_$j = u.outputBase + image * u.outputImage + row_$j * u.outputWidth + firstColumn + n_$j * u.strideX;
  //#end
  //#include filters
}
