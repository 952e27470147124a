// exp, tanh, erf and the activations made of them, on four values at once. WGSL allows its exp an error of 3 + 2|x| ulp, its
// tanh more, and has no erf; these are exact to (checked over all of float32's useful range in functions.gpu.test.ts):
//   exponential   relative error <= 3e-7 for x in [-87, 88]; clamped outside
//   logarithm     relative error <= 3e-7 for x in [2^-126, 3.4e38]; smaller x count as 2^-126
//   tangent       relative error <= 5e-7
//   errorFunction absolute error <= 2e-7, relative error <= 5e-7
//   sigmoid       absolute error <= 2e-7; gelu and silu: absolute error <= 3e-7 (1 + |x|)
// Coefficients: weighted least squares over Chebyshev nodes, reweighted towards the minimax fit.

// e^x = 2^n e^r with n = round(x / ln 2) and |r| <= ln2 / 2; ln 2 in two parts, so that n * high is exact.
fn exponential(value: vec4f) -> vec4f {
  let x = clamp(value, vec4f(-87.0), vec4f(88.0));
  let n = floor(fma(x, vec4f(1.44269504), vec4f(0.5)));
  let r = fma(n, vec4f(2.12194440e-4), fma(n, vec4f(-0.693359375), x));
  var p = fma(vec4f(1.39421e-3), r, vec4f(8.36377e-3));
  p = fma(p, r, vec4f(4.166636e-2));
  p = fma(p, r, vec4f(1.6666573e-1));
  p = fma(p, r, vec4f(0.5));
  let power = bitcast<vec4f>((vec4i(n) + vec4i(127)) << vec4u(23u));
  return power * (fma(p, r * r, r) + vec4f(1.0));
}

// log x = e ln 2 + log m with x = 2^e m and m in [0.7, 1.42); log(1 + f) = f - (h - s (h + R(s^2))) with s = f / (2 + f), h = f^2 / 2
// (as fdlibm has it): the error of the division only reaches a correction.
fn logarithm(value: vec4f) -> vec4f {
  let x = max(value, vec4f(1.1754944e-38));
  let bits = bitcast<vec4u>(x);
  let isUpper = (bits & vec4u(0x7fffffu)) > vec4u(0x3504f3u);
  let e = vec4f(vec4i(bits >> vec4u(23u)) - vec4i(127)) + select(vec4f(0.0), vec4f(1.0), isUpper);
  let m = bitcast<vec4f>((bits & vec4u(0x7fffffu)) | select(vec4u(0x3f800000u), vec4u(0x3f000000u), isUpper));
  let f = m - vec4f(1.0);
  let s = f / (vec4f(2.0) + f);
  let z = s * s;
  let h = 0.5 * f * f;
  var r = fma(vec4f(0.22222222), z, vec4f(0.28571429));
  r = fma(r, z, vec4f(0.4));
  r = fma(r, z, vec4f(0.66666667)) * z;
  return fma(e, vec4f(0.693359375), f - (h - fma(s, h + r, e * vec4f(-2.12194440e-4))));
}

// Small |x|: x + x z T(z), z = x^2, where 1 - 2/(e^2x + 1) would cancel.
fn tangent(x: vec4f) -> vec4f {
  let z = x * x;
  var t = fma(vec4f(2.29894e-3), z, vec4f(-8.35e-3));
  t = fma(t, z, vec4f(2.177099e-2));
  t = fma(t, z, vec4f(-5.395955e-2));
  t = fma(t, z, vec4f(1.3333305e-1));
  t = fma(t, z, vec4f(-3.3333333e-1));
  let near = fma(t * z, x, x);
  let far = vec4f(1.0) - vec4f(2.0) / (exponential(2.0 * abs(x)) + vec4f(1.0));
  return select(sign(x) * far, near, abs(x) < vec4f(0.625));
}

// Small |x|: x E(x^2). Else 1 - exp(G(|x|)) with G = log erfc: an error of G is scaled by erfc <= 0.157. erf(4) is 1 in float32.
fn errorFunction(x: vec4f) -> vec4f {
  let z = x * x;
  var e = fma(vec4f(7.8891089e-5), z, vec4f(-8.0208381e-4));
  e = fma(e, z, vec4f(5.18953498e-3));
  e = fma(e, z, vec4f(-2.68544444e-2));
  e = fma(e, z, vec4f(1.12836002e-1));
  e = fma(e, z, vec4f(-3.76126271e-1));
  e = fma(e, z, vec4f(1.12837917));
  let a = clamp(abs(x), vec4f(1.0), vec4f(4.0));
  var g = fma(vec4f(-1.87238963e-5), a, vec4f(4.04130055e-4));
  g = fma(g, a, vec4f(-4.01023396e-3));
  g = fma(g, a, vec4f(2.46600046e-2));
  g = fma(g, a, vec4f(-1.07514701e-1));
  g = fma(g, a, vec4f(-6.34092084e-1));
  g = fma(g, a, vec4f(-1.12912163));
  g = fma(g, a, vec4f(8.77230832e-5));
  let far = vec4f(1.0) - exponential(g);
  return select(sign(x) * far, e * x, abs(x) < vec4f(1.0));
}

fn sigmoid(x: vec4f) -> vec4f {
  return vec4f(1.0) / (vec4f(1.0) + exponential(-x));
}

fn silu(x: vec4f) -> vec4f {
  return x * sigmoid(x);
}

fn gelu(x: vec4f) -> vec4f {
  return 0.5 * x * (vec4f(1.0) + errorFunction(x * 0.70710678));
}

// none, relu, leaky_relu, relu6 and abs are one function of two numbers: (1, inf), (0, inf), (0.01, inf), (0, 6), (-1, inf). By
// comparisons: min and max are some thirty instructions for each lane of SwiftShader, which looks for NaN in both. Adding 0 makes -0 0.
fn piecewise(x: vec4f, slope: f32, cap: f32) -> vec4f {
  let y = select(fma(vec4f(slope), x, vec4f(0.0)), x, x > vec4f(0.0));
  return select(y, vec4f(cap), y > vec4f(cap));
}
