// Weights as half floats, two in each u32, eight in a vec4: half the memory and half the loads. Every block begins with C biases and
// C powers of two in float32: a filter's weights are divided by its power, so that they come near 1, and its bias with them.
//#if UNIFORM
@group(0) @binding(2) var<uniform> W: array<vec4u, 4096>;
//#else
@group(0) @binding(2) var<storage, read> W: array<vec4u>;
//#end
//#if NATIVE
alias vec4half = vec4<f16>;

fn halves(bits: vec2u) -> vec4half {
  return bitcast<vec4<f16>>(bits);
}
fn rounded(value: vec4f) -> vec4half {
  return vec4<f16>(value);
}
fn spread(value: f16) -> vec4half {
  return vec4<f16>(value);
}
fn product(a: vec4half, b: vec4half) -> vec4half {
  return a * b;
}
fn addProduct(a: vec4half, b: vec4half, sum: vec4half) -> vec4half {
  return fma(a, b, sum);
}
//#else
// The same numbers where the device has no f16: float32, rounded to the nearest half after every step. quantizeToF16 may cut digits
// off instead, which loses twice as much.
alias vec4half = vec4f;

fn nearestHalf(value: vec4f) -> vec4f {
  let bits = bitcast<vec4u>(value);
  let normal = bitcast<vec4f>((bits + 0xfffu + ((bits >> vec4u(13u)) & vec4u(1u))) & vec4u(0xffffe000u));
  let small = round(value * 16777216.0) / 16777216.0;
  let infinite = bitcast<vec4f>((bits & vec4u(0x80000000u)) | vec4u(0x7f800000u));
  let size = abs(value);
  return select(select(normal, small, size < vec4f(0.00006103515625)), infinite, size >= vec4f(65520.0));
}

fn halves(bits: vec2u) -> vec4half {
  return vec4f(unpack2x16float(bits.x), unpack2x16float(bits.y));
}
fn rounded(value: vec4f) -> vec4half {
  return nearestHalf(value);
}
fn spread(value: f32) -> vec4half {
  return vec4f(value);
}
fn product(a: vec4half, b: vec4half) -> vec4half {
  return nearestHalf(a * b);
}
fn addProduct(a: vec4half, b: vec4half, sum: vec4half) -> vec4half {
  return nearestHalf(fma(a, b, sum));
}
//#end

// The power of two at or below the largest of four values, and one over it: multiplied by that, they are below 2 (below 4 from
// 2^127 on, where one over it is no normal number). 0 and what is below 2^-126 count as nothing.
fn powerOf(values: vec4f) -> u32 {
  let sizes = abs(values);
  let largest = max(max(sizes.x, sizes.y), max(sizes.z, sizes.w));
  return min(bitcast<u32>(largest) & 0x7f800000u, 0x7e800000u);
}
