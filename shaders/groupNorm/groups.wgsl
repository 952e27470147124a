// Joins the moments of pieces to those of groups, and these with what the layer learned: y = x p + q with
//
//   p = W[c] / sqrt(variance + eps),  q = B[c] - mean p
//
// M  as `moments` writes it, read as floats. W, B  one value per channel. T  for each block of four channels of each image the vec4 of p,
// then that of q, as `perChannel` reads it; 0 behind the last channel.
// One invocation serves one group of `together` images, which have one table: 1, or all. Grid: x, y = groups in rows of `perRow` invocations.
struct Groups {
  total: u32,
  perRow: u32,
  base: u32,           // of M and T, in vec4
  pixels: u32,
  perPiece: u32,
  blocks: u32,
  pieces: u32,
  groups: u32,
  perGroup: u32,
  together: u32,       // images that share their statistics
  channels: u32,
  eps: f32,
}
@group(0) @binding(0) var<uniform> u: Groups;
@group(0) @binding(1) var<storage, read> M: array<f32>;
@group(0) @binding(2) var<storage, read> W: array<f32>;
@group(0) @binding(3) var<storage, read> B: array<f32>;
@group(0) @binding(4) var<storage, read_write> T: array<f32>;

// Where the mean of a piece of a channel stands; its squares stand four floats on.
fn meanAt(image: u32, channel: u32, piece: u32) -> u32 {
  return 4u * u.base + ((image * u.blocks + channel / 4u) * u.pieces + piece) * 8u + channel % 4u;
}

fn pixelsOf(piece: u32) -> f32 {
  return f32(min(u.perPiece, u.pixels - piece * u.perPiece));
}

@compute @workgroup_size(64)
fn main(@builtin(global_invocation_id) invocation: vec3u) {
  let id = invocation.y * u.perRow + invocation.x;
  if (invocation.x >= u.perRow || id >= u.total) { return; }
  let image = id / u.groups;
  let first = id % u.groups * u.perGroup;
  let last = first + u.perGroup;
  let firstImage = image * u.together;
  let lastImage = firstImage + u.together;
  let share = 1.0 / (f32(u.pixels) * f32(u.perGroup) * f32(u.together));
  var mean = 0.0;
  for (var n = firstImage; n < lastImage; n++) {
    for (var c = first; c < last; c++) {
      for (var piece = 0u; piece < u.pieces; piece++) { mean += M[meanAt(n, c, piece)] * pixelsOf(piece) * share; }
    }
  }
  var variance = 0.0;
  for (var n = firstImage; n < lastImage; n++) {
    for (var c = first; c < last; c++) {
      for (var piece = 0u; piece < u.pieces; piece++) {
        let at = meanAt(n, c, piece);
        let d = M[at] - mean;
        variance += (M[at + 4u] + d * d * pixelsOf(piece)) * share;
      }
    }
  }
  let factor = 1.0 / sqrt(variance + u.eps);
  // The last group also writes the lanes behind the last channel.
  let end = select(last, u.blocks * 4u, last == u.channels);
  for (var c = first; c < end; c++) {
    let at = 4u * u.base + (image * u.blocks + c / 4u) * 8u + c % 4u;
    let isChannel = u.channels > c;
    let p = select(0.0, W[min(c, u.channels - 1u)] * factor, isChannel);
    T[at] = p;
    T[at + 4u] = select(0.0, B[min(c, u.channels - 1u)] - mean * p, isChannel);
  }
}
