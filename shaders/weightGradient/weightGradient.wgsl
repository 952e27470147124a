// The gradient at a convolution's weight: a product of matrices over all positions (n, u, v) of the batch,
//
//   Y[o, c, a, b] = sum over n, u, v of G[n, o, u, v] X[n, c, u sy + a dy - py, v sx + b dx - px]      (c within o's group)
//
// X [N, Cin, H, W], G [N, Cout, OH, OW]: NC4HW4 vec4; SCALAR: planar f32, for groups that do not come in fours. Element 0 of each is 0.
// Y   [chunk][Cout][Cin/g][kh][kw] f32: the weight's own order, one sum for each chunk of positions (`sum` adds them up).
//
// A workgroup computes O filters x C channels x R x T taps over one chunk. Its invocations take every 64th position, so that all loads are of
// neighbours, P of them in each round, with all O C R T accumulators as text; what they have is added up at the end in workgroup memory,
// in one order. DEPTHWISE: a filter meets its own channel alone: four lanes (O = 4, C = 1), four products for each tap.
// Positions are counted on, not divided: 64 further is (stepN, stepY, stepX) further, with at most one carry each.
// A position behind the end, or a tap outside of X, stands still on element 0.
// Grid: x, y = tiles in rows of `perRow`, those of taps first, then channels, filters, groups; z = chunks.
//#include weightGradient
@group(0) @binding(0) var<uniform> u: WeightGradient;
//#if SCALAR
@group(0) @binding(1) var<storage, read> X: array<f32>;
@group(0) @binding(2) var<storage, read> G: array<f32>;
//#else
@group(0) @binding(1) var<storage, read> X: array<vec4f>;
@group(0) @binding(2) var<storage, read> G: array<vec4f>;
//#end
@group(0) @binding(3) var<storage, read_write> Y: array<f32>;

// L accumulators of 64 invocations (8 KiB for 32 would leave a GPU eight waves); each row is turned by its number, so that columns lie in different banks.
var<workgroup> sums: array<f32, $(64*L)>;

@compute @workgroup_size(64)
fn main(@builtin(workgroup_id) group: vec3u, @builtin(local_invocation_index) local: u32) {
  let tile = u.firstTile + group.y * u.perRow + group.x;
  if (tile >= u.tileEnd) { return; }
  let tapColumn = tile % u.tapColumns * $(T)u;
  let tapRow = tile / u.tapColumns % u.tapRows * $(R)u;
  let slice = tile / (u.tapColumns * u.tapRows) % u.sliceTiles * $(C)u;
  let filterTile = tile / (u.tapColumns * u.tapRows * u.sliceTiles);
  let filter0 = filterTile % u.filterTiles * $(O)u;
  let filterGroup = filterTile / u.filterTiles;
  //#if SCALAR
  let gOrigin = u.gBase + (filterGroup * u.filters + filter0) * u.gPlane;
  let xOrigin = u.xBase + (filterGroup * u.slices + slice) * u.xPlane;
  //#else
  let gOrigin = u.gBase + (filterGroup * u.filters + filter0) / 4u * u.gPlane;
  //#if DEPTHWISE
  let xOrigin = u.xBase + filter0 / 4u * u.xPlane;
  //#else
  let xOrigin = u.xBase + (filterGroup * u.slices + slice) / 4u * u.xPlane;
  //#end
  //#end

  let chunk = u.firstChunk + group.z;
  var position = chunk * u.rounds * $(64*P)u + local;
  var x = position % u.columns;
  var y = position / u.columns % u.rows;
  var n = position / (u.columns * u.rows);
  //#for a in 0..O*C*R*T
  var a_$a = 0.0;
  //#end
  for (var round = 0u; round < u.rounds; round++) {
    //#for j in 0..P
    let isInside_$j = u.positions > position;
    let gStep_$j = select(0u, u.gPlane, isInside_$j);
    let gAt_$j = select(0u, gOrigin + n * u.gImage + y * u.columns + x, isInside_$j);
    let xFrom_$j = xOrigin + n * u.xImage;
    //#for r in 0..R
    let iy_$j_$r = y * u.strideY + (tapRow + $(r)u) * u.dilationY - u.top;
    let isRow_$j_$r = isInside_$j && u.height > iy_$j_$r;
    //#end
    //#for t in 0..T
    let ix_$j_$t = x * u.strideX + (tapColumn + $(t)u) * u.dilationX - u.left;
    let isColumn_$j_$t = u.width > ix_$j_$t;
    //#end
    position += 64u;
    x += u.stepX;
    y += u.stepY;
    n += u.stepN;
    if (x >= u.columns) {
      x -= u.columns;
      y++;
    }
    if (y >= u.rows) {
      y -= u.rows;
      n++;
    }
    //#if SCALAR
    //#for o in 0..O
    let g_$j_$o = G[gAt_$j + $(o)u * gStep_$j];
    //#end
    //#else
    //#for v in 0..O/4
    let f_$j_$v = G[gAt_$j + $(v)u * gStep_$j];
    //#for e in 0..4
    let g_$j_$(4*v+e) = f_$j_$v[$e];
    //#end
    //#end
    //#end
    //#end
    //#for r in 0..R
    //#for t in 0..T
    {
      //#for j in 0..P
      let isTap_$j = isRow_$j_$r && isColumn_$j_$t;
      let at_$j = select(0u, xFrom_$j + iy_$j_$r * u.width + ix_$j_$t, isTap_$j);
      //#if SCALAR
      let step_$j = select(0u, u.xPlane, isTap_$j);
      //#for c in 0..C
      let x_$j_$c = X[at_$j + $(c)u * step_$j];
      //#end
      //#end
      //#if DEPTHWISE
      let x_$j = X[at_$j];
      //#end
      //#if !SCALAR && !DEPTHWISE
      let step_$j = select(0u, u.xPlane, isTap_$j);
      //#for v in 0..C/4
      let z_$j_$v = X[at_$j + $(v)u * step_$j];
      //#for e in 0..4
      let x_$j_$(4*v+e) = z_$j_$v[$e];
      //#end
      //#end
      //#end
      //#end
      //#for o in 0..O
      //#for c in 0..C
      //#for j in 0..P
      //#if DEPTHWISE
      a_$((o*C*R+c*R+r)*T+t) = fma(g_$j_$o, x_$j[$o], a_$((o*C*R+c*R+r)*T+t));
      //#else
      a_$((o*C*R+c*R+r)*T+t) = fma(g_$j_$o, x_$j_$c, a_$((o*C*R+c*R+r)*T+t));
      //#end
      //#end
      //#end
      //#end
    }
    //#end
    //#end
  }

  let first = u.yBase + chunk * u.weights;
  //#for q in 0..(O*C*R*T+L-1)/L
  //#for k in 0..L
  //#if q*L+k < O*C*R*T
  sums[$(64*k)u + ((local + $(k)u) & 63u)] = a_$(L*q+k);
  //#end
  //#end
  workgroupBarrier();
  {
    let sum = $(L*q)u + local;
    let t = sum % $(T)u + tapColumn;
    let r = sum / $(T)u % $(R)u + tapRow;
    let c = sum / $(T*R)u % $(C)u + slice;
    let o = sum / $(T*R*C)u + filter0;
    let isWeight = u.kernelWidth > t && u.kernelHeight > r && u.slices > c && u.filters > o;
    if (local < $(L)u && sum < $(O*C*R*T)u && isWeight) {
      var total = 0.0;
      for (var i = 0u; i < 64u; i++) {
        total += sums[64u * local + ((i + local) & 63u)];
      }
      Y[first + (((filterGroup * u.filters + o) * u.slices + c) * u.kernelHeight + r) * u.kernelWidth + t] = total;
    }
  }
  workgroupBarrier();
  //#end
}
