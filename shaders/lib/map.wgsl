// The maps of one part of a tensor, read as floats: pixel p of channel c stands at base + c/4 block + c%4 lane + p column.
struct Maps {
  base: u32,
  block: u32,
  lane: u32,
  column: u32,
  pixels: u32,
  channelOffset: u32,  // of the part's first channel in the results
  maps: u32,           // extremes alone: of the whole tensor
  bins: u32,           // histogram alone
  fromRecords: u32,    // histogram alone: 1 takes lo and hi from the map's record
  lo: f32,
  hi: f32,
}

fn address(channel: u32, pixel: u32) -> u32 {
  return u.base + channel / 4u * u.block + channel % 4u * u.lane + pixel * u.column;
}
