// The lanes of one vec4 of NC4HW4: those behind the last channel hold nothing that means anything. `otherwise` takes their place.
fn lanesOr(value: vec4f, four: u32, channels: u32, otherwise: f32) -> vec4f {
  let channel = vec4u(4u * four) + vec4u(0u, 1u, 2u, 3u);
  let isChannel = vec4u(channels) > channel;
  return select(vec4f(otherwise), value, isChannel);
}
