// One function of single values, FUNCTION of the list below, over four values at once; alpha and beta are its numbers:
//
//   0 leaky_relu  x < 0: alpha x            1 elu      x < 0: alpha (e^x - 1)      2 selu        beta (x < 0: alpha (e^x - 1))
//   3 hard_sigmoid  clamp(alpha x + beta)   4 hard_swish  x clamp(x / 6 + 1/2)     5 softplus    log(1 + e^x)
//   6 mish        x tanh(softplus x)        7 gelu_tanh                            8 clip        alpha to beta
//   9 exp         10 sqrt                   11 reciprocal                          12 neg
//   13 log       of what is below 2^-126: that of 2^-126
//
// X, Y  NC4HW4 vec4. One invocation maps one vec4. Grid: x, y = vec4 in rows of `perRow` invocations.
struct Unary {
  total: u32,
  perRow: u32,
  inputBase: u32,      // in vec4
  outputBase: u32,
  alpha: f32,
  beta: f32,
}
@group(0) @binding(0) var<uniform> u: Unary;
@group(0) @binding(1) var<storage, read> X: array<vec4f>;
@group(0) @binding(2) var<storage, read_write> Y: array<vec4f>;
//#include functions

fn applied(x: vec4f) -> vec4f {
  //#if FUNCTION == 0
  return select(x, u.alpha * x, x < vec4f(0.0));
  //#end
  //#if FUNCTION == 1
  return select(x, u.alpha * (exponential(x) - 1.0), x < vec4f(0.0));
  //#end
  //#if FUNCTION == 2
  return u.beta * select(x, u.alpha * (exponential(x) - 1.0), x < vec4f(0.0));
  //#end
  //#if FUNCTION == 3
  return clamp(u.alpha * x + u.beta, vec4f(0.0), vec4f(1.0));
  //#end
  //#if FUNCTION == 4
  return x * clamp(x / 6.0 + 0.5, vec4f(0.0), vec4f(1.0));
  //#end
  //#if FUNCTION == 5
  return max(x, vec4f(0.0)) + log(1.0 + exponential(-abs(x)));
  //#end
  //#if FUNCTION == 6
  // tanh(log(1 + e)) = (e^2 + 2e) / (e^2 + 2e + 2); beyond 20 it is 1 in float32.
  let e = exponential(min(x, vec4f(20.0)));
  let n = e * (e + 2.0);
  return x * (n / (n + 2.0));
  //#end
  //#if FUNCTION == 7
  return 0.5 * x * (1.0 + tangent(0.79788456 * fma(0.044715 * x * x, x, x)));
  //#end
  //#if FUNCTION == 8
  return clamp(x, vec4f(u.alpha), vec4f(u.beta));
  //#end
  //#if FUNCTION == 9
  return exponential(x);
  //#end
  //#if FUNCTION == 10
  return sqrt(x);
  //#end
  //#if FUNCTION == 11
  return 1.0 / x;
  //#end
  //#if FUNCTION == 12
  return -x;
  //#end
  //#if FUNCTION == 13
  return logarithm(x);
  //#end
}

@compute @workgroup_size(64)
fn main(@builtin(global_invocation_id) invocation: vec3u) {
  let id = invocation.y * u.perRow + invocation.x;
  if (invocation.x >= u.perRow || id >= u.total) { return; }
  Y[u.outputBase + id] = applied(X[u.inputBase + id]);
}
