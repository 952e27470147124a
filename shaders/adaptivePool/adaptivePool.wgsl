// Pooling to a given size, four channels at once: output (r, c) is the mean (AVERAGE) or maximum of the input's rows
// floor(r H / h) .. ceil((r + 1) H / h) - 1 and of the columns likewise.
//
// X, Y  NC4HW4 vec4. One invocation computes one vec4. Grid: x, y = all vec4 of Y in rows of `perRow` invocations.
struct AdaptivePool {
  total: u32,
  perRow: u32,
  base: u32,           // of both arrays, in vec4
  inputPlane: u32,
  inputHeight: u32,
  inputWidth: u32,
  outputHeight: u32,
  outputWidth: u32,
}
@group(0) @binding(0) var<uniform> u: AdaptivePool;
@group(0) @binding(1) var<storage, read> X: array<vec4f>;
@group(0) @binding(2) var<storage, read_write> Y: array<vec4f>;

@compute @workgroup_size(64)
fn main(@builtin(global_invocation_id) invocation: vec3u) {
  let id = invocation.y * u.perRow + invocation.x;
  if (invocation.x >= u.perRow || id >= u.total) { return; }
  let column = id % u.outputWidth;
  let row = id / u.outputWidth % u.outputHeight;
  let plane = u.base + id / (u.outputWidth * u.outputHeight) * u.inputPlane;
  let y0 = row * u.inputHeight / u.outputHeight;
  let y1 = ((row + 1u) * u.inputHeight + u.outputHeight - 1u) / u.outputHeight;
  let x0 = column * u.inputWidth / u.outputWidth;
  let x1 = ((column + 1u) * u.inputWidth + u.outputWidth - 1u) / u.outputWidth;
  //#if AVERAGE
  var value = vec4f(0.0);
  //#else
  var value = vec4f(-3.4028234e38);
  //#end
  for (var y = y0; y < y1; y++) {
    //#if AVERAGE
    var line = vec4f(0.0);
    //#end
    for (var x = x0; x < x1; x++) {
      //#if AVERAGE
      line += X[plane + y * u.inputWidth + x];
      //#else
      value = max(value, X[plane + y * u.inputWidth + x]);
      //#end
    }
    //#if AVERAGE
    value += line;
    //#end
  }
  //#if AVERAGE
  value /= f32((y1 - y0) * (x1 - x0));
  //#end
  Y[u.base + id] = value;
}
