// Back through the samples of a deformable convolution, TO x (0), to its offsets (1) or to its mask (2). With g the gradient at the sample
// of channel c by tap t at output (v, h), whose place is (y, x) = (v sy + ky dy - top + d.y, h sx + kx dx - left + d.x):
//
//   0  Y[c, i, j]   = sum over t, v, h of g m hat(i - y) hat(j - x),  hat(r) = max(0, 1 - |r|): the bilinear weights
//   1  Y[2t + a]    = sum over the offset group's c of g m (slope of the sample along axis a)
//   2  Y[t]         = sum over the offset group's c of g (the sample without m)
//
// G  planar [N, C taps, OH, OW], X  planar [N, C, H, W], D  planar [N, 2 groups taps, OH, OW], M  planar [N, groups taps, OH, OW] (MASK).
// One invocation computes one value of Y, and of x's gradient looks at every sample of its channel: samples may lie anywhere, and sums in
// one order are the same in every run, which atomic additions would not be. Grid: x, y = values in rows of `perRow` invocations.
struct DeformGradient {
  total: u32,
  perRow: u32,
  base: u32,           // of all arrays
  channels: u32,       // of X
  height: i32,
  width: i32,
  rows: u32,           // of the samples
  columns: u32,
  taps: u32,
  kernelWidth: u32,
  perGroup: u32,       // channels of an offset group
  groups: u32,
  strideY: i32,
  strideX: i32,
  dilationY: i32,
  dilationX: i32,
  top: i32,
  left: i32,
}
@group(0) @binding(0) var<uniform> u: DeformGradient;
@group(0) @binding(1) var<storage, read> G: array<f32>;
@group(0) @binding(2) var<storage, read> X: array<f32>;
@group(0) @binding(3) var<storage, read> D: array<f32>;
@group(0) @binding(4) var<storage, read_write> Y: array<f32>;
//#if MASK
@group(0) @binding(5) var<storage, read> M: array<f32>;
//#end

// Where the tap stands without its offset.
fn placeOf(tap: u32, pixel: u32) -> vec2i {
  let y = i32(pixel / u.columns) * u.strideY + i32(tap / u.kernelWidth) * u.dilationY - u.top;
  let x = i32(pixel % u.columns) * u.strideX + i32(tap % u.kernelWidth) * u.dilationX - u.left;
  return vec2i(y, x);
}

//#if TO != 0
fn valueAt(plane: u32, y: i32, x: i32) -> f32 {
  if (y < 0 || x < 0 || y >= u.height || x >= u.width) { return 0.0; }
  return X[plane + u32(y * u.width + x)];
}
//#end

@compute @workgroup_size(64)
fn main(@builtin(global_invocation_id) invocation: vec3u) {
  let id = invocation.y * u.perRow + invocation.x;
  if (invocation.x >= u.perRow || id >= u.total) { return; }
  let area = u.rows * u.columns;
  var value = 0.0;
  //#if TO == 0
  let map = id / u32(u.height * u.width);
  let i = i32(id % u32(u.height * u.width)) / u.width;
  let j = i32(id % u32(u.width));
  let group = map / u.channels * u.groups + map % u.channels / u.perGroup;
  for (var tap = 0u; tap < u.taps; tap++) {
    let pair = group * u.taps + tap;
    let gradients = u.base + (map * u.taps + tap) * area;
    for (var pixel = 0u; pixel < area; pixel++) {
      let place = placeOf(tap, pixel);
      let row = 1.0 - abs(f32(i - place.x) - D[u.base + 2u * pair * area + pixel]);
      if (0.0 >= row) { continue; }
      let column = 1.0 - abs(f32(j - place.y) - D[u.base + (2u * pair + 1u) * area + pixel]);
      if (0.0 >= column) { continue; }
      //#if MASK
      let weight = row * column * M[u.base + pair * area + pixel];
      //#else
      let weight = row * column;
      //#end
      value = fma(weight, G[gradients + pixel], value);
    }
  }
  //#else
  let pixel = id % area;
  //#if TO == 1
  let pair = id / area / 2u;
  let isX = id / area % 2u == 1u;
  //#else
  let pair = id / area;
  //#end
  let tap = pair % u.taps;
  let firstChannel = pair / u.taps / u.groups * u.channels + pair / u.taps % u.groups * u.perGroup;
  let place = placeOf(tap, pixel);
  let d = vec2f(D[u.base + 2u * pair * area + pixel], D[u.base + (2u * pair + 1u) * area + pixel]);
  // So far away that it is outside whatever the size, and still an integer.
  let whole = clamp(floor(d), vec2f(-1.0e8), vec2f(1.0e8));
  let part = clamp(d - whole, vec2f(0.0), vec2f(1.0));
  let y = place.x + i32(whole.x);
  let x = place.y + i32(whole.y);
  for (var c = firstChannel; c < firstChannel + u.perGroup; c++) {
    let plane = u.base + c * u32(u.height * u.width);
    let top = vec2f(valueAt(plane, y, x), valueAt(plane, y, x + 1));
    let bottom = vec2f(valueAt(plane, y + 1, x), valueAt(plane, y + 1, x + 1));
    //#if TO == 1
    let down = mix(bottom.x - top.x, bottom.y - top.y, part.y);
    let across = mix(top.y - top.x, bottom.y - bottom.x, part.x);
    let slope = select(down, across, isX);
    //#else
    let rows = mix(top, bottom, part.x);
    let slope = mix(rows.x, rows.y, part.y);
    //#end
    value = fma(slope, G[u.base + (c * u.taps + tap) * area + pixel], value);
  }
  //#if TO == 1 && MASK
  value *= M[u.base + pair * area + pixel];
  //#end
  //#end
  Y[u.base + id] = value;
}
