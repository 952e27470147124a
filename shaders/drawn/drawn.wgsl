// Random weights in the order of the program that will read them, each drawn where it stands: nothing comes from the host.
//
//   W[at] = scale · number(seed, row(at), place(at)) · A[filter(at)].scale,   biases A[filter].shift
//
// A  scales, then shifts, of all filters: a batch norm behind the layer; read where `filters` is not 0
// W  blocks of filters, `header` vec4 of biases and then the weights, as src/operators/programs/weightWalk.ts describes them
//
// One invocation writes four filters of one tap. HALF: as half floats, two in 32 bits, over the power of two at or below the scale of
// the filter (shaders/lib/halfWeights.wgsl reads them).
// Grid: vec4 `first` to `end` of the bound blocks in rows of `perRow` invocations.
struct Drawn {
  first: u32,
  end: u32,
  perRow: u32,
  firstBlock: u32,       // that W begins with
  perBlock: u32,         // in vec4
  header: u32,           // in vec4
  blockFilters: u32,
  blocksPerGroup: u32,
  filtersPerGroup: u32,
  groupFilter: u32,
  groupPlace: u32,
  groupChannel: u32,
  channels: u32,
  together: u32,
  filterRow: u32,
  filterPlace: u32,
  lanes: u32,
  hasBias: u32,
  size1: u32,            // of the digits but the first
  size2: u32,
  size3: u32,
  filterStep0: u32,      // what a step of each digit adds
  filterStep1: u32,
  filterStep2: u32,
  filterStep3: u32,
  rowStep0: u32,
  rowStep1: u32,
  rowStep2: u32,
  rowStep3: u32,
  placeStep0: u32,
  placeStep1: u32,
  placeStep2: u32,
  placeStep3: u32,
  channelStep0: u32,
  channelStep1: u32,
  channelStep2: u32,
  channelStep3: u32,
  sharedFilters: u32,    // not 0: groups share blocks of four channels; filters of a group of the layer,
  sharedChannels: u32,   // its channels,
  sharedPerGroup: u32,   // those of a group here,
  sharedLastBlock: u32,  // the last block that one is read from on,
  sharedPlace: u32,      // what a channel adds to a place
  mixedSeed: u32,
  isNormal: u32,
  filters: u32,          // that A holds
  scale: f32,
}
@group(0) @binding(0) var<uniform> u: Drawn;
@group(0) @binding(1) var<storage, read> A: array<f32>;
//#if HALF
@group(0) @binding(2) var<storage, read_write> W: array<vec2u>;
//#else
@group(0) @binding(2) var<storage, read_write> W: array<vec4f>;
//#end
//#include draw

// Of four filters, those of the batch norm: factors (`start` 0) or shifts.
fn affine(filters: vec4u, start: u32) -> vec4f {
  let at = start + min(filters, vec4u(u.filters - 1u));
  return vec4f(A[at.x], A[at.y], A[at.z], A[at.w]);
}

//#if HALF
// The powers of two that filters are divided by, within those of programs/halfWeights.ts.
fn powersOf(factors: vec4f) -> vec4f {
  let bits = bitcast<vec4u>(abs(u.scale * factors)) & vec4u(0x7f800000u);
  let powers = bitcast<vec4f>(clamp(bits, vec4u(67u << 23u), vec4u(253u << 23u)));
  return select(powers, vec4f(1.0), bits == vec4u(0u));
}

//#end
@compute @workgroup_size(64)
fn main(@builtin(global_invocation_id) id: vec3u) {
  let at = u.first + id.y * u.perRow + id.x;
  if (id.x >= u.perRow || at >= u.end) { return; }
  let blockAt = at / u.perBlock;
  let inBlock = at % u.perBlock;
  let group = (u.firstBlock + blockAt) / u.blocksPerGroup;
  let first = ((u.firstBlock + blockAt) % u.blocksPerGroup) * u.blockFilters;
  let four = vec4u(0u, 1u, 2u, 3u);
  let isBias = inBlock < u.header;
  var rest = 4u * select(inBlock - u.header, inBlock, isBias);
  let lane = rest % u.lanes;
  rest /= u.lanes;
  var digits: vec4u;
  digits.w = rest % u.size3;
  rest /= u.size3;
  digits.z = rest % u.size2;
  rest /= u.size2;
  digits.y = rest % u.size1;
  digits.x = rest / u.size1;
  let inGroup = first + lane + dot(digits, vec4u(u.filterStep0, u.filterStep1, u.filterStep2, u.filterStep3)) + four;
  let filters = group * u.groupFilter + inGroup;
  let isThere = inGroup < vec4u(u.filtersPerGroup);
  var factors = vec4f(1.0);
  var biases = vec4f(0.0);
  if (u.filters > 0u) {
    factors = affine(filters, 0u);
    if (u.hasBias == 1u) { biases = select(biases, affine(filters, u.filters), isThere); }
  }
  let channel = group * u.groupChannel + dot(digits, vec4u(u.channelStep0, u.channelStep1, u.channelStep2, u.channelStep3));
  var sharing = filters;
  var inShared = vec4u(0u);
  if (u.together > 1u) {
    sharing = filters / u.together;
    inShared = filters % u.together;
  }
  let row = sharing * u.filterRow + dot(digits, vec4u(u.rowStep0, u.rowStep1, u.rowStep2, u.rowStep3));
  let place = inShared * u.filterPlace + group * u.groupPlace
    + dot(digits, vec4u(u.placeStep0, u.placeStep1, u.placeStep2, u.placeStep3));
  // From the first channel that is read for the group back to the filter's own.
  var ahead = vec4u(0u);
  if (u.sharedFilters > 0u) {
    let firstRead = 4u * min(group * u.sharedPerGroup / 4u, u.sharedLastBlock);
    ahead = vec4u(firstRead) - filters / u.sharedFilters * u.sharedChannels;
  }
  var weights = vec4f(0.0);
  if (!isBias) {
    let isOwn = ahead + channel < vec4u(u.channels);
    let places = place + ahead * u.sharedPlace;
    weights = select(weights, factors * drawn(u.mixedSeed, u.isNormal, u.scale, row, places), isThere & isOwn);
  }
//#if HALF
  let powers = select(vec4f(1.0), powersOf(factors), isThere);
  let start = blockAt * (u.perBlock + u.header * 3u) + inBlock;
  if (isBias) {
    let shifts = bitcast<vec4u>(biases / powers);
    let exponents = bitcast<vec4u>(powers);
    W[start + inBlock] = shifts.xy;
    W[start + inBlock + 1u] = shifts.zw;
    W[start + inBlock + 2u * u.header] = exponents.xy;
    W[start + inBlock + 2u * u.header + 1u] = exponents.zw;
  } else {
    let halves = weights / powers;
    W[start + 3u * u.header] = vec2u(pack2x16float(halves.xy), pack2x16float(halves.zw));
  }
//#else
  W[at] = select(weights, biases, isBias);
//#end
}
