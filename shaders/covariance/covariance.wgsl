// Sums of products of channels over pixels and images: what covariances between channels are made of; mergeCovariance is the second half.
//
//   P[i, j] = sum over samples s of (A[i, s] - centre[i]) (B[j, s] - centre[j])
//
// A, B      maps of any layout, in one part each; sample s is a pixel of `height` x `width`, to which smaller maps are enlarged (nearest)
// centres   of A's channels, then of B's: near the means, so that a small deviation beside a large mean keeps its digits
// partials  [chunk of samples][row i][column j] of the whole matrix
//
// Behind a tensor's last channel stands one that is 1 everywhere: its row and column are the sums of the others, its corner their number.
// A workgroup computes 32 x 32 products over one chunk, each invocation 4 x 4 of them; 16 samples of 32 channels of both lie in workgroup
// memory at a time. A float32 sum of n terms errs by up to n roundings, so sums of 256 samples are added up by themselves.
// Where A is B, tiles below the diagonal are left out. Grid: x = tiles of rows, y = tiles of columns, z = chunks.
struct Covariance {
  rows: u32,           // of the whole matrix
  columns: u32,
  firstRow: u32,       // of A's part
  firstColumn: u32,
  channelsA: u32,      // of the parts
  channelsB: u32,
  isLastA: u32,        // 1: ones follow the part's channels
  isLastB: u32,
  baseA: u32,
  imageA: u32,
  blockA: u32,
  laneA: u32,
  columnA: u32,
  heightA: u32,
  widthA: u32,
  baseB: u32,
  imageB: u32,
  blockB: u32,
  laneB: u32,
  columnB: u32,
  heightB: u32,
  widthB: u32,
  centreB: u32,        // where B's centres begin
  height: u32,
  width: u32,
  samples: u32,
  samplesPerChunk: u32,
  firstChunk: u32,
  isSymmetric: u32,
}
@group(0) @binding(0) var<uniform> u: Covariance;
@group(0) @binding(1) var<storage, read> A: array<f32>;
@group(0) @binding(2) var<storage, read> B: array<f32>;
@group(0) @binding(3) var<storage, read> centres: array<f32>;
@group(0) @binding(4) var<storage, read_write> partials: array<f32>;

// [sample][channel]
var<workgroup> slabA: array<f32, 512>;
var<workgroup> slabB: array<f32, 512>;

@compute @workgroup_size(64)
fn main(@builtin(workgroup_id) group: vec3u, @builtin(local_invocation_index) local: u32) {
  if (u.isSymmetric == 1u && u.firstColumn + group.y * 32u + 31u < u.firstRow + group.x * 32u) { return; }
  let chunk = u.firstChunk + group.z;
  let first = chunk * u.samplesPerChunk;
  let end = min(u.samples, first + u.samplesPerChunk);
  let plane = u.height * u.width;
  // Four channels of 16 samples at once: neighbours read neighbours in both layouts.
  let lane = local % 4u;
  let place = local / 4u;
  let row = local / 8u * 4u;
  let column = local % 8u * 4u;
//#for i in 0..4
  var whole_$i = vec4f(0.0);
//#end
  for (var start = first; start < end; start += 256u) {
//#for i in 0..4
    var sum_$i = vec4f(0.0);
//#end
    for (var at = start; at < min(end, start + 256u); at += 16u) {
      let sample = at + place;
      let image = sample / plane;
      let y = sample % plane / u.width;
      let x = sample % u.width;
      let a = u.baseA + image * u.imageA + (y * u.heightA / u.height * u.widthA + x * u.widthA / u.width) * u.columnA;
      let b = u.baseB + image * u.imageB + (y * u.heightB / u.height * u.widthB + x * u.widthB / u.width) * u.columnB;
      for (var four = 0u; four < 32u; four += 4u) {
        let i = group.x * 32u + four + lane;
        let j = group.y * 32u + four + lane;
        var valueA = 0.0;
        var valueB = 0.0;
        if (sample < end) {
          if (i < u.channelsA) { valueA = A[a + i / 4u * u.blockA + lane * u.laneA] - centres[u.firstRow + i]; }
          else if (i == u.channelsA && u.isLastA == 1u) { valueA = 1.0; }
          if (j < u.channelsB) { valueB = B[b + j / 4u * u.blockB + lane * u.laneB] - centres[u.centreB + u.firstColumn + j]; }
          else if (j == u.channelsB && u.isLastB == 1u) { valueB = 1.0; }
        }
        slabA[place * 32u + four + lane] = valueA;
        slabB[place * 32u + four + lane] = valueB;
      }
      workgroupBarrier();
      for (var s = 0u; s < 512u; s += 32u) {
        let k = s + column;
        let four = vec4f(slabB[k], slabB[k + 1u], slabB[k + 2u], slabB[k + 3u]);
//#for i in 0..4
        sum_$i = fma(vec4f(slabA[s + row + $(i)u]), four, sum_$i);
//#end
      }
      workgroupBarrier();
    }
//#for i in 0..4
    whole_$i += sum_$i;
//#end
  }
  let i = group.x * 32u + row;
  let j = group.y * 32u + column;
//#for i in 0..4
  for (var k = 0u; k < 4u; k++) {
    if (i + $(i)u < u.channelsA + u.isLastA && j + k < u.channelsB + u.isLastB) {
      partials[(chunk * u.rows + u.firstRow + i + $(i)u) * u.columns + u.firstColumn + j + k] = whole_$i[k];
    }
  }
//#end
}
