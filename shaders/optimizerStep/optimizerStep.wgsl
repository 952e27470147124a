// One step of an optimiser on a tensor of `total` values, fused: state and gradient are read once, the next state is written once.
// What changes from step to step is data, so that programs, bindings and uniforms of a run stay.
// METHOD: 0 SGD with momentum, 1 with Nesterov's, 2 Adam and AdamW; src/operators/optimizerStep/attributes.ts has the formulas.
//
// S, Y  planar: the tensor w, behind it the optimiser's own rows (0, 1: b; 2: m and v)
// G     planar: the gradient
// P     planar: the share of the rate that is taken now; 2: 1 / (1 - beta1^t), 1 / sqrt(1 - beta2^t)
//
// One invocation computes one value of the tensor. Grid: values in rows of `perRow` invocations.
struct OptimizerStep {
  total: u32,
  perRow: u32,
  base: u32,
  rate: f32,
  coupled: f32,  // what the gradient takes of w: decay as L2
  apart: f32,    // 2: what w loses by itself for each unit of the rate
  first: f32,    // 0, 1: momentum; 2: 1 - beta1
  second: f32,   // beta2, rest = 1 - beta2
  rest: f32,
  eps: f32,
}
@group(0) @binding(0) var<uniform> u: OptimizerStep;
@group(0) @binding(1) var<storage, read> S: array<f32>;
@group(0) @binding(2) var<storage, read> G: array<f32>;
@group(0) @binding(3) var<storage, read> P: array<f32>;
@group(0) @binding(4) var<storage, read_write> Y: array<f32>;

@compute @workgroup_size(64)
fn main(@builtin(global_invocation_id) id: vec3u) {
  let i = id.y * u.perRow + id.x;
  if (id.x >= u.perRow || i >= u.total) { return; }
  let at = u.base + i;
  let w = S[at];
  let rate = u.rate * P[u.base];
  let g = G[at] + u.coupled * w;
//#if METHOD == 2
  let m = S[at + u.total] + u.first * (g - S[at + u.total]);
  let v = u.second * S[at + 2u * u.total] + u.rest * g * g;
  Y[at + u.total] = m;
  Y[at + 2u * u.total] = v;
  Y[at] = (1.0 - rate * u.apart) * w - rate * P[u.base + 1u] * m / (sqrt(v) * P[u.base + 2u] + u.eps);
//#else
  let b = u.first * S[at + u.total] + g;
  Y[at + u.total] = b;
//#if METHOD == 1
  Y[at] = w - rate * (g + u.first * b);
//#else
  Y[at] = w - rate * b;
//#end
//#end
}
