// Back through a function of single values: Y = G f'(X), four channels at once. FUNCTION of the list below; alpha and beta are its numbers:
//
//   0 leaky_relu  x > 0: 1, else alpha      1 abs   sign x       2 sigmoid       3 tanh         4 gelu       5 silu
//   6 elu         beta (x > 0: 1, else alpha e^x)                7 hard_sigmoid  alpha where 0 < alpha x + beta < 1
//   8 hard_swish  0, x / 3 + 1/2, 1 in its three parts           9 mish         10 gelu_tanh
//   11 clip       1 where alpha < x < beta                      12 sqrt         1 / (2 sqrt x)
//
// X, G, Y  NC4HW4 vec4. Lanes behind the last channel become 0, so that no infinity is stored there.
// One invocation computes one vec4. Grid: x, y = vec4 of one image in rows of `perRow` invocations, z = batch.
struct PointwiseGradient {
  total: u32,
  perRow: u32,
  base: u32,           // in vec4
  image: u32,
  pixels: u32,
  channels: u32,
  alpha: f32,
  beta: f32,
}
@group(0) @binding(0) var<uniform> u: PointwiseGradient;
@group(0) @binding(1) var<storage, read> X: array<vec4f>;
@group(0) @binding(2) var<storage, read> G: array<vec4f>;
@group(0) @binding(3) var<storage, read_write> Y: array<vec4f>;
//#include functions
//#include lanes

const zero = vec4f(0.0);
const one = vec4f(1.0);

fn slope(x: vec4f) -> vec4f {
  //#if FUNCTION == 0
  return select(vec4f(u.alpha), one, x > zero);
  //#end
  //#if FUNCTION == 1
  return sign(x);
  //#end
  //#if FUNCTION == 2
  return sigmoid(x) * sigmoid(-x);
  //#end
  //#if FUNCTION == 3
  let t = tangent(x);
  return one - t * t;
  //#end
  //#if FUNCTION == 4
  return 0.5 * (one + errorFunction(x * 0.70710678)) + 0.39894228 * x * exponential(-0.5 * x * x);
  //#end
  //#if FUNCTION == 5
  return sigmoid(x) * fma(x, sigmoid(-x), one);
  //#end
  //#if FUNCTION == 6
  return u.beta * select(u.alpha * exponential(x), one, x > zero);
  //#end
  //#if FUNCTION == 7
  let line = u.alpha * x + u.beta;
  return select(zero, vec4f(u.alpha), (line > zero) & (one > line));
  //#end
  //#if FUNCTION == 8
  return select(select(x / 3.0 + 0.5, one, x >= vec4f(3.0)), zero, vec4f(-3.0) >= x);
  //#end
  //#if FUNCTION == 9
  // tanh(log(1 + e)) = (e^2 + 2e) / (e^2 + 2e + 2); beyond 20 it is 1 in float32.
  let e = exponential(min(x, vec4f(20.0)));
  let n = e * (e + 2.0);
  let t = n / (n + 2.0);
  return fma(x * (one - t * t), sigmoid(x), t);
  //#end
  //#if FUNCTION == 10
  let t = tangent(0.79788456 * fma(0.044715 * x * x, x, x));
  return 0.5 * (one + t) + 0.39894228 * x * (one - t * t) * fma(0.134145 * x, x, one);
  //#end
  //#if FUNCTION == 11
  return select(zero, one, (x > vec4f(u.alpha)) & (vec4f(u.beta) > x));
  //#end
  //#if FUNCTION == 12
  return 0.5 / sqrt(x);
  //#end
}

@compute @workgroup_size(64)
fn main(@builtin(global_invocation_id) invocation: vec3u) {
  let id = invocation.y * u.perRow + invocation.x;
  if (invocation.x >= u.perRow || id >= u.total) { return; }
  let at = u.base + invocation.z * u.image + id;
  Y[at] = lanesOr(G[at] * slope(X[at]), id / u.pixels, u.channels, 0.0);
}
