// One of the tensors that a concatenation lays side by side: copies X into the box of Y that begins at (image, channel, y, x).
//
// X, Y  NC4HW4; X is read value by value, since its blocks of channels need not begin where Y's do, Y written as vec4. Lanes of Y outside
// the box keep what other inputs wrote; those behind the last channel become 0.
// One invocation writes one vec4. Grid: x, y = vec4 that the box touches, in rows of `perRow` invocations.
struct Concat {
  total: u32,
  perRow: u32,
  base: u32,           // of both arrays, in vec4
  outputImage: u32,    // in vec4
  outputBlock: u32,
  outputWidth: u32,
  outputChannels: u32,
  image: u32,          // where the box begins
  channel: u32,
  y: u32,
  x: u32,
  fours: u32,          // blocks of Y that the box touches
  inputImage: u32,     // in floats
  inputBlock: u32,
  channels: u32,       // of X
  height: u32,
  width: u32,
}
@group(0) @binding(0) var<uniform> u: Concat;
@group(0) @binding(1) var<storage, read> X: array<f32>;
@group(0) @binding(2) var<storage, read_write> Y: array<vec4f>;

@compute @workgroup_size(64)
fn main(@builtin(global_invocation_id) invocation: vec3u) {
  let id = invocation.y * u.perRow + invocation.x;
  if (invocation.x >= u.perRow || id >= u.total) { return; }
  let pixels = u.height * u.width;
  let pixel = id % pixels;
  let four = u.channel / 4u + id / pixels % u.fours;
  let image = id / (pixels * u.fours);
  let to = u.base + (u.image + image) * u.outputImage + four * u.outputBlock + (u.y + pixel / u.width) * u.outputWidth + u.x + pixel % u.width;
  let end = u.channel + u.channels;
  var value = vec4f(0.0);
  if (u.channel > 4u * four || min(4u * four + 4u, u.outputChannels) > end) { value = Y[to]; }
  for (var lane = 0u; lane < 4u; lane++) {
    let channel = 4u * four + lane;
    if (channel >= u.outputChannels) { value[lane] = 0.0; }
    if (channel >= u.channel && channel < end) {
      let c = channel - u.channel;
      value[lane] = X[4u * u.base + image * u.inputImage + c / 4u * u.inputBlock + 4u * pixel + c % 4u];
    }
  }
  Y[to] = value;
}
