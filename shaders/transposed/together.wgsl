// Transposed convolution with all phases of a place at once (lib/phases.wgsl says what a phase is): for few filters.
//
//   Y[c, u, v] = epilogue(bias[c] + sum over ci, (q, a), (r, b) of W[ci, c, a, b] X[ci, q, r])
//   u = q sy + a dy - top, v = r sx + b dx - left
//
// BLOCKS  X NC4HW4, W [group][block of C filters] { bias[C], [kh][kw][Cin/g/4][4][C] }: as transposed
// PLANES  X planar, W the same with [kh][kw][Cin/g][C]
// Y       NC4HW4 [N, Cout/4, OH, OW]. Element 0 of X is 0 for ever: taps outside the input read it.
//
// Along an axis without dilation the outputs u = m s + a - top, 0 <= a < s, are the place m: its phase a reads input m - i under tap a + i s,
// so that all of them read the same inputs, ceil(kh / sy) rows and ceil(kw / sx) columns. One invocation computes the SY SX outputs of B
// places for C filters: one load feeds all phases, where `transposed` would load for each of them. Phases that lack a tap are skipped by a
// branch that is the same for all lanes. (With stride 1 a dilation is as good: the inputs are dy apart then.)
// Grid: x, y = workgroups of 64 invocations in rows of `perRow`, z = blocks of filters (weights at uniform addresses) of all images.
//#include phases

@compute @workgroup_size(64)
fn main(@builtin(workgroup_id) group: vec3u, @builtin(local_invocation_index) local: u32) {
  let number = u.firstGroup + group.y * u.perRow + group.x;
  if (number >= u.groupEnd) { return; }
  // Places that reach into the output.
  let firstPlace = vec2u(u.top / $(SY)u, u.left / $(SX)u);
  let places = vec2u((u.outputHeight - 1u + u.top) / $(SY)u, (u.outputWidth - 1u + u.left) / $(SX)u) - firstPlace + 1u;
  let count = places.x * places.y;
  let invocations = (count + $(B-1)) / $B;
  let id = number * 64u + local;
  if (id >= invocations) { return; }
  let slot = u.firstSlot + group.z;
  let image = slot / u.boundBlocks;
  let boundBlock = slot % u.boundBlocks;
  let filterBlock = u.firstBound + boundBlock;
  let filterGroup = filterBlock / u.blocksPerGroup;
  let base = u.inputBase + image * u.inputImage + filterGroup * u.inChannels * u.inputPlane;
  //#for b in 0..B
  let place_$b = id + $b * invocations;
  let m_$b = firstPlace.x + place_$b / places.y;
  let n_$b = firstPlace.y + place_$b % places.y;
  //#end

  let weights = boundBlock * u.weightsPerBlock;
  //#for v in 0..V
  let bias_$v = W[weights + $v];
  //#for j in 0..P
  var a_$j_$v = bias_$v;
  //#end
  //#end
  for (var ky = 0u; ky < u.kernelHeight; ky += $(SY)u) {
    for (var kx = 0u; kx < u.kernelWidth; kx += $(SX)u) {
      //#for b in 0..B
      // Above or left of the input the position wraps to a huge number.
      let y_$b = m_$b - ky / $(SY)u * u.dilationY;
      let x_$b = n_$b - kx / $(SX)u * u.dilationX;
      let inside_$b = y_$b < u.inputHeight && x_$b < u.inputWidth;
      var i_$b = select(0u, base + y_$b * u.inputWidth + x_$b, inside_$b);
      let step_$b = select(0u, u.inputPlane, inside_$b);
      //#end
      var column0 = weights + $V + (ky * u.kernelWidth + kx) * u.weightsPerTap;
      for (var k = 0u; k < u.inChannels; k++) {
        //#for b in 0..B
        let f_$b = X[i_$b];
        i_$b += step_$b;
        //#end
        //#for r in 0..SY
        //#for s in 0..SX
        if (ky + $(r)u < u.kernelHeight && kx + $(s)u < u.kernelWidth) {
          let wi = column0 + ($(r)u * u.kernelWidth + $(s)u) * u.weightsPerTap;
          //#for v in 0..V
          //#if PLANES
          let w_$v = W[wi + $v];
          //#for b in 0..B
          a_$((b*SY+r)*SX+s)_$v = fma(vec4f(f_$b), w_$v, a_$((b*SY+r)*SX+s)_$v);
          //#end
          //#else
          //#for e in 0..4
          let w_$e_$v = W[wi + $(e*V+v)];
          //#end
          //#for b in 0..B
          //#for e in 0..4
          a_$((b*SY+r)*SX+s)_$v = fma(vec4f(f_$b[$e]), w_$e_$v, a_$((b*SY+r)*SX+s)_$v);
          //#end
          //#end
          //#end
          //#end
        }
        //#end
        //#end
        //#if PLANES
        column0 += $V;
        //#else
        column0 += $(4*V);
        //#end
      }
    }
  }
  //#for b in 0..B
  //#for r in 0..SY
  // Above or left of the output the position wraps to a huge number.
  let row_$b_$r = m_$b * $(SY)u + $(r)u - u.top;
  //#end
  //#for s in 0..SX
  let column_$b_$s = n_$b * $(SX)u + $(s)u - u.left;
  //#end
  //#for r in 0..SY
  //#for s in 0..SX
  let isMine_$((b*SY+r)*SX+s) = place_$b < count && row_$b_$r < u.outputHeight && column_$b_$s < u.outputWidth;
  let at_$((b*SY+r)*SX+s) = u.outputBase + image * u.outputImage + row_$b_$r * u.outputWidth + column_$b_$s;
  //#end
  //#end
  //#end
  //#include filters
}
