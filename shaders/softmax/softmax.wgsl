// Softmax along lines of vec4: y_i = exp(x_i - m) / sum_j exp(x_j - m), m the largest of the line. CHANNELS: the line runs over blocks of
// channels and its lanes belong together; those behind the last channel are left out. Otherwise each lane is a line of its own.
//
// X, Y  NC4HW4 vec4. One invocation computes one line. Grid: x, y = lines in rows of `perRow` invocations.
struct Softmax {
  total: u32,
  perRow: u32,
  base: u32,           // of both arrays; in vec4
  inner: u32,          // lines side by side
  outer: u32,          // from one such group of lines to the next
  step: u32,           // along the line
  length: u32,
  channels: u32,
}
@group(0) @binding(0) var<uniform> u: Softmax;
@group(0) @binding(1) var<storage, read> X: array<vec4f>;
@group(0) @binding(2) var<storage, read_write> Y: array<vec4f>;
//#include functions
//#include lanes

@compute @workgroup_size(64)
fn main(@builtin(global_invocation_id) invocation: vec3u) {
  let id = invocation.y * u.perRow + invocation.x;
  if (invocation.x >= u.perRow || id >= u.total) { return; }
  let first = u.base + id / u.inner * u.outer + id % u.inner;
  var largest = vec4f(-3.4028234e38);
  for (var i = 0u; i < u.length; i++) {
    let x = X[first + i * u.step];
    //#if CHANNELS
    largest = max(largest, lanesOr(x, i, u.channels, -3.4028234e38));
    //#else
    largest = max(largest, x);
    //#end
  }
  //#if CHANNELS
  largest = max(largest, largest.yxwz);
  largest = max(largest, largest.zwxy);
  //#end
  var sum = vec4f(0.0);
  for (var i = 0u; i < u.length; i++) {
    let e = exponential(X[first + i * u.step] - largest);
    //#if CHANNELS
    sum += lanesOr(e, i, u.channels, 0.0);
    //#else
    sum += e;
    //#end
  }
  //#if CHANNELS
  sum += sum.yxwz;
  sum += sum.zwxy;
  //#end
  for (var i = 0u; i < u.length; i++) {
    let at = first + i * u.step;
    let y = exponential(X[at] - largest) / sum;
    //#if CHANNELS
    Y[at] = lanesOr(y, i, u.channels, 0.0);
    //#else
    Y[at] = y;
    //#end
  }
}
