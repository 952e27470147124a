// Random numbers as a function of (seed, stream, index), bit by bit those of src/math/random.ts: 32-bit integers until one scaling by a
// power of two, which is exact, and one multiplication (a division need not be rounded well). `mixedSeed` is the seed after one mixing.
fn mix32(x: vec4u) -> vec4u {
  var h = x;
  h = (h ^ (h >> vec4u(16u))) * 0x7feb352du;
  h = (h ^ (h >> vec4u(15u))) * 0x846ca68bu;
  return h ^ (h >> vec4u(16u));
}

fn drawn(mixedSeed: u32, isNormal: u32, scale: f32, stream: vec4u, index: vec4u) -> vec4f {
  let base = mix32(stream + mixedSeed);
  if (isNormal == 0u) {
    let top = mix32(base + index) >> vec4u(8u);
    return scale * (vec4f(bitcast<vec4i>(2u * top) + 1 - 0x1000000) * 5.9604644775390625e-8);
  }
  var sum = vec4u(0u);
  for (var draw = 0u; draw < 6u; draw++) {
    let bits = mix32(base + 6u * index + draw);
    sum += (bits & vec4u(0xffffu)) + (bits >> vec4u(16u));
  }
  return scale * (vec4f(bitcast<vec4i>(sum) - 6 * 0xffff) * 1.52587890625e-5);
}
