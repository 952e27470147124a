// Random 3x3 kernels in Winograd's domain, G W Gt, for the products of F(M x M, 3 x 3): each kernel is drawn once and gives the weight of
// all points (src/operators/conv2d/staged/winograd.ts has the matrices).
//
// A  scales, then shifts, of all filters, as in drawn.wgsl: the scales are read where `filters` is not 0
// W  vec4 [point][block of C filters] { zeros[C], [Cin padded to 4][C] }
//
// One invocation: four filters and one input channel.
// Grid: invocations `first` to `end` in rows of `perRow`, numbered as vec4 of one point without the zeros.
struct DrawnWinograd {
  first: u32,
  end: u32,
  perRow: u32,
  slices: u32,           // input channels, padded to 4
  fours: u32,            // C / 4
  blocksPerGroup: u32,
  inChannels: u32,
  outChannels: u32,
  mixedSeed: u32,
  isNormal: u32,
  filters: u32,          // that A holds
  scale: f32,
}
@group(0) @binding(0) var<uniform> u: DrawnWinograd;
@group(0) @binding(1) var<storage, read> A: array<f32>;
@group(0) @binding(2) var<storage, read_write> W: array<vec4f>;
//#include draw

// G times a column of a kernel.
fn transformed(a: vec4f, b: vec4f, c: vec4f) -> array<vec4f, $(M+2)> {
//#if M == 4
  let near = -0.6666666666666667 * a - 0.3333333333333333 * c;
  let nearOdd = b * 0.47140452079103168;
  let far = 0.16666666666666667 * a + 0.3333333333333333 * c;
  let farOdd = b * 0.23570226039551584;
  return array<vec4f, 6>(a, near - nearOdd, near + nearOdd, far + farOdd, far - farOdd, c);
//#else
  let even = 0.5 * (a + c);
  let odd = 0.5 * b;
  return array<vec4f, 4>(a, even + odd, even - odd, c);
//#end
}

@compute @workgroup_size(64)
fn main(@builtin(global_invocation_id) id: vec3u) {
  let at = u.first + id.y * u.perRow + id.x;
  if (id.x >= u.perRow || at >= u.end) { return; }
  let four = at % u.fours;
  let channel = at / u.fours % u.slices;
  let blockAt = at / (u.fours * u.slices);
  let filters = 4u * (blockAt * u.fours + four) + vec4u(0u, 1u, 2u, 3u);
  var factors = vec4f(1.0);
  if (u.filters > 0u) {
    let known = min(filters, vec4u(u.filters - 1u));
    factors = vec4f(A[known.x], A[known.y], A[known.z], A[known.w]);
  }
  let isThere = filters < vec4u(select(0u, u.outChannels, channel < u.inChannels));
//#for t in 0..9
  let w_$t = select(vec4f(0.0), factors * drawn(u.mixedSeed, u.isNormal, u.scale, filters, vec4u(9u * channel + $(t)u)), isThere);
//#end
//#for x in 0..3
  let column_$x = transformed(w_$x, w_$(x+3), w_$(x+6));
//#end
  let perBlock = u.fours * (1u + u.slices);
//#for y in 0..M+2
  let row_$y = transformed(column_0[$y], column_1[$y], column_2[$y]);
//#for x in 0..M+2
  {
    let start = ($(y*(M+2)+x)u * u.blocksPerGroup + blockAt) * perBlock + four;
    W[start + u.fours * (1u + channel)] = row_$y[$x];
    if (channel == 0u) { W[start] = vec4f(0.0); }
  }
//#end
//#end
}
