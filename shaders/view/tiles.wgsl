// Draws maps as coloured rectangles, straight from the buffers that the convolution wrote. One instance is one tile: the canvas
// pixels left..left+columns-1, top..top+rows-1. A pixel shows the mean of the map pixels spans[x] x spans[y]: one where the map is
// enlarged, those whose centres the canvas pixel covers where it is reduced. The spans come from the host, in float64, so that
// both engines show the same pixels to the last one. Values outside the array or not yet revealed do not exist; a canvas pixel
// without any stays as it was.
//
// The range comes from the map's record (or the layer's), computed on the GPU a moment before: nothing is read back.
// Colours are exact entries of the table: round((mean - lo) / (hi - lo) * 255), never interpolated.
//#include record
struct View {
  width: f32,
  height: f32,
  unused0: f32,
  unused1: f32,
  colours: array<vec4u, 64>,  // 256 RGBA entries, four to a vec4u
}
@group(0) @binding(0) var<uniform> view: View;
@group(0) @binding(1) var<storage, read> spans: array<vec2i>;
@group(1) @binding(0) var<storage, read> values: array<f32>;
@group(1) @binding(1) var<storage, read> records: array<Record>;

struct Tile {
  @location(0) corner: vec4i,  // left, top, columns, rows on the canvas
  @location(1) source: vec4u,  // first column span, first row span, base and row stride of the channel
  @location(2) extent: vec4u,  // column stride; width and height of the array; width of the whole map
  @location(3) place: vec4u,   // column and row of the array in the whole map, values revealed, record
  @location(4) range: vec4u,   // 0 fixed, 1 extremes, 2 percentiles; 1 symmetric; lo and hi as bits when fixed
}

struct Varyings {
  @builtin(position) position: vec4f,
  @location(0) @interpolate(flat, either) corner: vec4i,
  @location(1) @interpolate(flat, either) source: vec4u,
  @location(2) @interpolate(flat, either) extent: vec4u,
  @location(3) @interpolate(flat, either) place: vec4u,
  @location(4) @interpolate(flat, either) ends: vec2f,
}

fn endsOf(tile: Tile) -> vec2f {
  if (tile.range.x == 0u) { return vec2f(bitcast<f32>(tile.range.z), bitcast<f32>(tile.range.w)); }
  let r = records[tile.place.w];
  var ends = vec2f(r.lowest, r.highest);
  if (tile.range.x == 2u) { ends = vec2f(r.p1, r.p99); }
  if (tile.range.y == 0u) { return ends; }
  let reach = max(abs(ends.x), abs(ends.y));
  // A map of zeros alone keeps 0 in the middle.
  return select(vec2f(-reach, reach), vec2f(-1.0, 1.0), reach == 0.0);
}

@vertex
fn vertex(tile: Tile, @builtin(vertex_index) index: u32) -> Varyings {
  let unit = vec2f(f32(index & 1u), f32(index >> 1u));
  let pixel = vec2f(tile.corner.xy) + unit * vec2f(tile.corner.zw);
  let position = vec4f(pixel.x / view.width * 2.0 - 1.0, 1.0 - pixel.y / view.height * 2.0, 0.0, 1.0);
  return Varyings(position, tile.corner, tile.source, tile.extent, tile.place, endsOf(tile));
}

// As `colourIndex` of the engine: in a range without width only larger values are at the high end.
fn colourIndex(value: f32, ends: vec2f) -> u32 {
  if (!(ends.y > ends.x)) { return select(0u, 255u, value > ends.y); }
  return u32(clamp(floor((value - ends.x) / (ends.y - ends.x) * 255.0 + 0.5), 0.0, 255.0));
}

@fragment
fn fragment(tile: Varyings) -> @location(0) vec4f {
  let pixel = vec2i(floor(tile.position.xy)) - tile.corner.xy;
  let origin = vec2i(tile.place.xy);
  let across = spans[i32(tile.source.x) + pixel.x] - origin.x;
  let down = spans[i32(tile.source.y) + pixel.y] - origin.y;
  let x0 = max(across.x, 0);
  let x1 = min(across.y, i32(tile.extent.y));
  let y0 = max(down.x, 0);
  let y1 = min(down.y, i32(tile.extent.z));
  var sum = 0.0;
  var count = 0;
  for (var y = y0; y < y1; y++) {
    let before = u32(y + origin.y) * tile.extent.w + u32(origin.x);
    let shown = select(0u, tile.place.z - before, tile.place.z > before);
    let end = min(x1, i32(min(shown, 0x7fffffffu)));
    for (var x = x0; x < end; x++) {
      sum += values[tile.source.z + u32(y) * tile.source.w + u32(x) * tile.extent.x];
    }
    count += max(0, end - x0);
  }
  if (count == 0) { discard; }
  let entry = colourIndex(sum / f32(count), tile.ends);
  let colour = unpack4x8unorm(view.colours[entry / 4u][entry % 4u]);
  return vec4f(colour.rgb, 1.0);
}
