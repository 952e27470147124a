// Copies a box of a tensor into an array of its own, with a border and in another layout when asked:
//
//   D[c, y, x] = S[c + c0, map(y + y0), map(x + x0)]
//
// where map is torch.nn's padding mode (0 zeros, 1 reflect, 2 replicate, 3 circular) over the whole tensor's height and width.
// It serves as padding pass, as repacking between planar and NC4HW4, as the cut of a band out of a tensor too large for one
// binding, and as the reader of a box. Both arrays are read as floats through strides: element (c, y, x) stands at
// (c / 4) * block + (c % 4) * lane + y * row + x * column.
//
// One invocation copies one element; consecutive invocations write consecutive elements. Of the destination's channels it fills
// channelFrom..channelTo-1, those that this part of the source holds; channels at or past `channels` are padding and become 0.
// Grid: x, y = elements in rows of `perRow` invocations, z = batch.
struct Gather {
  total: u32,
  perRow: u32,
  isBlocked: u32,      // destination: 1 NC4HW4, 0 planar
  width: u32,
  height: u32,
  channels: u32,
  channelFrom: u32,
  channelTo: u32,
  base: u32,           // destination: of its first element
  image: u32,
  sourceBase: u32,
  sourceImage: u32,
  sourceBlock: u32,
  sourceLane: u32,
  sourceRow: u32,
  sourceColumn: u32,
  channelOffset: i32,  // from a destination channel to the channel within the source array
  y0: i32,             // the destination's origin in the whole tensor
  x0: i32,
  mode: u32,
  fullHeight: i32,
  fullWidth: i32,
  originY: i32,        // the source array's origin in the whole tensor, and its size
  originX: i32,
  sourceHeight: i32,
  sourceWidth: i32,
}
@group(0) @binding(0) var<uniform> u: Gather;
@group(0) @binding(1) var<storage, read> S: array<f32>;
@group(0) @binding(2) var<storage, read_write> D: array<f32>;

//#include border

@compute @workgroup_size(64)
fn main(@builtin(global_invocation_id) invocation: vec3u) {
  let id = invocation.y * u.perRow + invocation.x;
  if (invocation.x >= u.perRow || id >= u.total) { return; }
  var channel: u32;
  var pixel: u32;
  if (u.isBlocked == 1u) {
    let four = id / 4u / (u.width * u.height);
    channel = four * 4u + id % 4u;
    pixel = id / 4u % (u.width * u.height);
  } else {
    channel = id / (u.width * u.height);
    pixel = id % (u.width * u.height);
  }
  if (channel < u.channelFrom || channel >= u.channelTo) { return; }
  let y = mapped(i32(pixel / u.width) + u.y0, u.fullHeight) - u.originY;
  let x = mapped(i32(pixel % u.width) + u.x0, u.fullWidth) - u.originX;
  var value = 0.0;
  if (channel < u.channels && y >= 0 && x >= 0 && y < u.sourceHeight && x < u.sourceWidth) {
    let c = u32(i32(channel) + u.channelOffset);
    value = S[u.sourceBase + invocation.z * u.sourceImage + c / 4u * u.sourceBlock + c % 4u * u.sourceLane + u32(y) * u.sourceRow + u32(x) * u.sourceColumn];
  }
  D[u.base + invocation.z * u.image + id] = value;
}
