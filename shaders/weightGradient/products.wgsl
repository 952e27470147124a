// The gradient at a convolution's weight as a product of matrices that is never laid out, from tiles in workgroup memory: for many filters on a GPU.
//
//   Y[o, c, a, b] = sum over n, u, v of G[n, o, u, v] X[n, c, u sy + a dy - py, v sx + b dx - px]      (c within o's group)
//
// X [N, Cin, H, W], G [N, Cout, OH, OW]: NC4HW4 vec4, groups in fours. Element 0 of each is 0.
// Y   [chunk][Cout][Cin/g][kh][kw] f32: the weight's own order, one sum for each chunk of positions (`sum` adds them up).
//
// One matrix has a row for each filter, the other a column for each tap and channel, in blocks of four channels, those of a tap one after
// another; both are as deep as there are positions (n, u, v). A workgroup computes O filters x 16 blocks of columns over a chunk of positions,
// 8 at a time: each invocation brings blocks of one position, O/32 of filters and two of columns, whose taps stay the same through the
// chunk; then it multiplies O/8 filters x 8 columns, which are its own: nothing is added up between invocations. A vec4 that is
// brought feeds 64 (O = 32: 43) multiply-adds of each invocation, one from workgroup memory up to 16.
// A position behind the end, or a tap outside of X, is element 0. Positions are counted on, not divided.
// Rows of 8 positions in workgroup memory are one vec4 longer than they need be, so that what is brought together lies in different banks.
// Grid: x, y = tiles in rows of `perRow`, those of columns first, then filters, groups; z = chunks.
//#include weightGradient
@group(0) @binding(0) var<uniform> u: WeightGradient;
@group(0) @binding(1) var<storage, read> X: array<vec4f>;
@group(0) @binding(2) var<storage, read> G: array<vec4f>;
@group(0) @binding(3) var<storage, read_write> Y: array<f32>;

var<workgroup> filters: array<vec4f, $(8*(O/4+1))>;
var<workgroup> columns: array<vec4f, 136>;

@compute @workgroup_size(64)
fn main(@builtin(workgroup_id) group: vec3u, @builtin(local_invocation_index) local: u32) {
  let tile = u.firstTile + group.y * u.perRow + group.x;
  // The same for the whole workgroup: nobody is missed at a barrier.
  if (tile >= u.tileEnd) { return; }
  let taps = u.kernelHeight * u.kernelWidth;
  let firstColumn = tile % u.sliceTiles * 16u;
  let filterTile = tile / u.sliceTiles;
  let firstFilter = filterTile % u.filterTiles * $(O/4)u;
  let filterGroup = filterTile / u.filterTiles;

  // What this invocation brings: of one position of eight, every eighth block.
  let step = local % 8u;
  let slot = local / 8u;
  //#for i in 0..O/32
  let block_$i = firstFilter + slot + $(8*i)u;
  let isFilter_$i = 4u * block_$i < u.filters;
  let gOrigin_$i = u.gBase + (filterGroup * u.filters / 4u + block_$i) * u.gPlane;
  //#end
  //#for t in 0..2
  let column_$t = firstColumn + slot + $(8*t)u;
  let isColumn_$t = column_$t < taps * u.fours;
  let tap_$t = column_$t / u.fours;
  let dy_$t = tap_$t / u.kernelWidth * u.dilationY - u.top;
  let dx_$t = tap_$t % u.kernelWidth * u.dilationX - u.left;
  let xOrigin_$t = u.xBase + (filterGroup * u.fours + column_$t % u.fours) * u.xPlane;
  //#end
  // What it multiplies: every eighth block of filters from here on, and of columns.
  let ownFilter = local % 8u;
  let ownColumn = local / 8u;

  let chunk = u.firstChunk + group.z;
  var position = chunk * u.rounds * 8u + step;
  var x = position % u.columns;
  var y = position / u.columns % u.rows;
  var n = position / (u.columns * u.rows);
  //#for o in 0..O/8
  //#for v in 0..2
  var a_$o_$v = vec4f(0.0);
  //#end
  //#end
  for (var round = 0u; round < u.rounds; round++) {
    let isInside = position < u.positions;
    let gAt = n * u.gImage + y * u.columns + x;
    //#for i in 0..O/32
    let g_$i = G[select(0u, gOrigin_$i + gAt, isInside && isFilter_$i)];
    //#end
    //#for t in 0..2
    let iy_$t = y * u.strideY + dy_$t;
    let ix_$t = x * u.strideX + dx_$t;
    let isTap_$t = isInside && isColumn_$t && iy_$t < u.height && ix_$t < u.width;
    let x_$t = X[select(0u, xOrigin_$t + n * u.xImage + iy_$t * u.width + ix_$t, isTap_$t)];
    //#end
    position += 8u;
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
    // Everybody has multiplied what was there.
    workgroupBarrier();
    //#for i in 0..O/32
    filters[step * $(O/4+1)u + slot + $(8*i)u] = g_$i;
    //#end
    //#for t in 0..2
    columns[step * 17u + slot + $(8*t)u] = x_$t;
    //#end
    workgroupBarrier();
    //#for d in 0..8
    {
      //#for v in 0..2
      let c_$v = columns[ownColumn + $(17*d+8*v)u];
      //#end
      //#for i in 0..O/32
      let f_$i = filters[ownFilter + $((O/4+1)*d+8*i)u];
      //#for e in 0..4
      //#for v in 0..2
      a_$(4*i+e)_$v = fma(vec4f(f_$i[$e]), c_$v, a_$(4*i+e)_$v);
      //#end
      //#end
      //#end
    }
    //#end
  }

  let first = u.yBase + chunk * u.weights;
  //#for v in 0..2
  {
    let own = firstColumn + ownColumn + $(8*v)u;
    let tap = own / u.fours;
    let slice = 4u * (own % u.fours);
    //#for o in 0..O/8
    {
      let o = 4u * (firstFilter + ownFilter + $(8*(o/4))u) + $(o%4)u;
      let at = first + ((filterGroup * u.filters + o) * u.slices + slice) * taps + tap;
      //#for e in 0..4
      if (tap < taps && o < u.filters && slice + $(e)u < u.slices) { Y[at + $(e)u * taps] = a_$o_$v[$e]; }
      //#end
    }
    //#end
  }
  //#end
}
