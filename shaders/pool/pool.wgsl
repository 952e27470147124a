// Pooling of four channels at once: the maximum, or when AVERAGE the mean, of the window's taps.
//
//   Y[c, u, v] = max or mean over a, b of X[c, u sy + a dy - top, v sx + b dx - left]
//
// X, Y  NC4HW4 vec4. Padding is left out of the maximum and adds 0 to the mean; the mean is divided by the taps that lie inside the
// padded input (countIncludePad) or inside the input. Windows may hang over the padded edge (ceil_mode): that part never counts.
// The maximum of padding alone is float32's lowest number.
// One invocation computes one vec4. Grid: x, y = vec4 of one image in rows of `perRow` invocations, z = batch.
struct Pool {
  total: u32,
  perRow: u32,
  inputBase: u32,      // all in vec4
  inputPlane: u32,
  inputImage: u32,
  inputHeight: i32,
  inputWidth: i32,
  outputBase: u32,
  outputImage: u32,
  outputHeight: u32,
  outputWidth: u32,
  kernelHeight: i32,
  kernelWidth: i32,
  strideY: i32,
  strideX: i32,
  dilationY: i32,
  dilationX: i32,
  top: i32,
  left: i32,
  endY: i32,           // one past the padded input
  endX: i32,
  countIncludePad: u32,
}
@group(0) @binding(0) var<uniform> u: Pool;
@group(0) @binding(1) var<storage, read> X: array<vec4f>;
@group(0) @binding(2) var<storage, read_write> Y: array<vec4f>;

// The taps from `first` on, `step` apart, that lie in [0, size): from and one past the last.
fn inside(first: i32, step: i32, taps: i32, size: i32) -> vec2i {
  let begin = select(0, (step - 1 - first) / step, first < 0);
  let to = select(0, (size - 1 - first) / step + 1, first < size);
  return vec2i(begin, clamp(to, 0, taps));
}

@compute @workgroup_size(64)
fn main(@builtin(global_invocation_id) invocation: vec3u) {
  let id = invocation.y * u.perRow + invocation.x;
  if (invocation.x >= u.perRow || id >= u.total) { return; }
  let pixels = u.outputHeight * u.outputWidth;
  let pixel = id % pixels;
  let y0 = i32(pixel / u.outputWidth) * u.strideY - u.top;
  let x0 = i32(pixel % u.outputWidth) * u.strideX - u.left;
  let rows = inside(y0, u.dilationY, u.kernelHeight, u.inputHeight);
  let columns = inside(x0, u.dilationX, u.kernelWidth, u.inputWidth);
  let plane = u.inputBase + invocation.z * u.inputImage + id / pixels * u.inputPlane;
  //#if AVERAGE
  var value = vec4f(0.0);
  //#else
  var value = vec4f(-3.4028234e38);
  //#end
  for (var a = rows.x; a < rows.y; a++) {
    let row = plane + u32((y0 + a * u.dilationY) * u.inputWidth + x0);
    for (var b = columns.x; b < columns.y; b++) {
      let x = X[row + u32(b * u.dilationX)];
      //#if AVERAGE
      value += x;
      //#else
      value = max(value, x);
      //#end
    }
  }
  //#if AVERAGE
  var count = max(0, rows.y - rows.x) * max(0, columns.y - columns.x);
  if (u.countIncludePad == 1u) {
    count = min(u.kernelHeight, (u.endY - 1 - y0) / u.dilationY + 1) * min(u.kernelWidth, (u.endX - 1 - x0) / u.dilationX + 1);
  }
  value /= f32(count);
  //#end
  Y[u.outputBase + invocation.z * u.outputImage + id] = value;
}
