// Weights that lie in tensors, in the order of the program that will read them:
//
//   W[i] = 0 where T[i] = 0;   S[4 + T[i] - 1] where T[i] <= weights;   B[4 + T[i] - weights - 1] else
//
// S, B  planar maps behind their head of four zeros: the weight tensor and the bias, as bits
// T     for each float of W which value it is, counted from 1 through the weights and then the biases
// W     the packed weights, as bits: what is copied stays as it is
//
// One invocation copies one value. Grid: the `total` values of T in rows of `perRow` invocations.
struct Held {
  total: u32,
  perRow: u32,
  weights: u32,
}
@group(0) @binding(0) var<uniform> u: Held;
@group(0) @binding(1) var<storage, read> T: array<u32>;
@group(0) @binding(2) var<storage, read> S: array<u32>;
@group(0) @binding(3) var<storage, read> B: array<u32>;
@group(0) @binding(4) var<storage, read_write> W: array<u32>;

@compute @workgroup_size(64)
fn main(@builtin(global_invocation_id) id: vec3u) {
  let at = id.y * u.perRow + id.x;
  if (id.x >= u.perRow || at >= u.total) { return; }
  let source = T[at];
  var value = 0u;
  if (source > u.weights) {
    value = B[3u + source - u.weights];
  } else if (source > 0u) {
    value = S[3u + source];
  }
  W[at] = value;
}
