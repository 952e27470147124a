// Two tensors combined value by value: Y[i] = f(A[i], B[i]), four channels at once. FUNCTION: 0 add, 1 subtract, 2 multiply,
// 3 divide, 4 power, 5 minimum, 6 maximum.
//
// A, B, Y  NC4HW4 vec4. An input that is repeated along an axis has stride 0 there; one channel repeated over many (isSingle) gives its
// first lane to all four. Lanes behind the last channel become 0, so that 0 / 0 is never stored.
// One invocation computes one vec4. Grid: x, y = vec4 of one image in rows of `perRow` invocations, z = batch.
struct Arithmetic {
  total: u32,
  perRow: u32,
  base: u32,           // of all three arrays; in vec4, as are the strides
  image: u32,
  height: u32,
  width: u32,
  channels: u32,
  leftImage: u32,
  leftBlock: u32,
  leftRow: u32,
  leftColumn: u32,
  leftIsSingle: u32,
  rightImage: u32,
  rightBlock: u32,
  rightRow: u32,
  rightColumn: u32,
  rightIsSingle: u32,
}
@group(0) @binding(0) var<uniform> u: Arithmetic;
@group(0) @binding(1) var<storage, read> A: array<vec4f>;
@group(0) @binding(2) var<storage, read> B: array<vec4f>;
@group(0) @binding(3) var<storage, read_write> Y: array<vec4f>;
//#include lanes
//#if FUNCTION == 4
//#include functions

// a^b. Whole exponents up to 64 by squaring, which is exact to a few roundings and knows signs; others by logarithm: a negative base
// has no such power (NaN, as everywhere), and a logarithm of 0 is so low that its exponential is told apart.
fn power(a: vec4f, b: vec4f) -> vec4f {
  var whole = vec4f(1.0);
  var square = a;
  var left = vec4u(min(abs(b), vec4f(64.0)));
  for (var bit = 0; bit < 7; bit++) {
    whole = select(whole, whole * square, (left & vec4u(1u)) == vec4u(1u));
    left = left >> vec4u(1u);
    square = select(square, square * square, vec4u(0u) != left);
  }
  whole = select(whole, vec4f(1.0) / whole, vec4f(0.0) > b);
  let isOdd = floor(0.5 * b) * 2.0 != b;
  let isWhole = floor(b) == b;
  var root = exponential(b * logarithm(abs(a)));
  root = select(root, vec4f(0.0), (a == vec4f(0.0)) & (b > vec4f(0.0)));
  root = select(root, -root, (vec4f(0.0) > a) & isWhole & isOdd);
  root = select(root, sqrt(a), (vec4f(0.0) > a) & !isWhole);
  return select(root, whole, isWhole & (abs(b) <= vec4f(64.0)));
}
//#end

@compute @workgroup_size(64)
fn main(@builtin(global_invocation_id) invocation: vec3u) {
  let id = invocation.y * u.perRow + invocation.x;
  if (invocation.x >= u.perRow || id >= u.total) { return; }
  let pixels = u.height * u.width;
  let four = id / pixels;
  let y = id % pixels / u.width;
  let x = id % u.width;
  var a = A[u.base + invocation.z * u.leftImage + four * u.leftBlock + y * u.leftRow + x * u.leftColumn];
  var b = B[u.base + invocation.z * u.rightImage + four * u.rightBlock + y * u.rightRow + x * u.rightColumn];
  if (u.leftIsSingle == 1u) { a = vec4f(a.x); }
  if (u.rightIsSingle == 1u) { b = vec4f(b.x); }
  //#if FUNCTION == 0
  let value = a + b;
  //#end
  //#if FUNCTION == 1
  let value = a - b;
  //#end
  //#if FUNCTION == 2
  let value = a * b;
  //#end
  //#if FUNCTION == 3
  let value = a / b;
  //#end
  //#if FUNCTION == 4
  let value = power(a, b);
  //#end
  //#if FUNCTION == 5
  let value = min(a, b);
  //#end
  //#if FUNCTION == 6
  let value = max(a, b);
  //#end
  Y[u.base + invocation.z * u.image + id] = lanesOr(value, four, u.channels, 0.0);
}
