// How fast the device multiplies and adds: V chains x = fma(x, a, b) of vec4 per invocation, 8 steps a round, `rounds` rounds.
// Chains are independent, so that the latency of one is hidden by the others, and stay in registers: nothing is read but uniforms,
// and one vec4 is written, the sum of all chains, so that no step can be left out. Lanes begin at different values, so that none of
// them is the copy of another. With a = b = 1 lane l of invocation i is the sum over v of (i % 64 + 4 v + l + 8 rounds), exactly.
// V is measured, as registers differ: 16 of four lanes hold V = 2, a GPU's hold V = 8.
// One invocation writes one vec4. Grid: x = invocations.
struct Fma {
  rounds: u32,
  factor: f32,
  addend: f32,
}
@group(0) @binding(0) var<uniform> u: Fma;
@group(0) @binding(1) var<storage, read_write> Y: array<vec4f>;

@compute @workgroup_size(64)
fn main(@builtin(global_invocation_id) invocation: vec3u) {
  let a = vec4f(u.factor);
  let b = vec4f(u.addend);
  let first = vec4f(f32(invocation.x % 64u)) + vec4f(0.0, 1.0, 2.0, 3.0);
  //#for v in 0..V
  var x_$v = first + $(4*v).0;
  //#end
  for (var round = 0u; round < u.rounds; round++) {
    //#for step in 0..8
    //#for v in 0..V
    x_$v = fma(x_$v, a, b);
    //#end
    //#end
  }
  var sum = x_0;
  //#for v in 1..V
  sum += x_$v;
  //#end
  Y[invocation.x] = sum;
}
