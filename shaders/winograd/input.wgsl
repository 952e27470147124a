// Winograd's first pass: tiles of the input, T x T with T = M + 2, into the domain in which a 3x3 convolution is a product.
//
//   V[i, c, tile] = (Bt d B)[i],  d = X[c, M ty - py .. + T-1, M tx - px .. + T-1],  i = 0 .. T^2 - 1
//
// M = 2: F(2x2, 3x3) at the points 0, 1, -1 (Lavin and Gray 2016). M = 4: F(4x4, 3x3) at 0, +-1/sqrt 2, +-sqrt 2, whose factors
// are smaller than those at 0, +-1, +-2, and with them the error.
//
// X   NC4HW4 vec4 [N, Cin/4, H, W]; element 0 of the buffer is 0
// V   NC4HW4 vec4 [N, T^2, Cin/4, tiles]
//
// One invocation is one tile of four channels: T^2 loads, the transform down the columns and then along the rows, in registers with
// names of their own. Neighbours are neighbouring tiles, so that every store of a workgroup is one run of memory.
struct WinogradInput {
  total: u32,        // tiles of all blocks of all images
  perRow: u32,       // invocations per row of the grid
  inputBase: u32,
  inputPlane: u32,
  inputHeight: u32,
  inputWidth: u32,
  offsetY: i32,      // minus the padding
  offsetX: i32,
  blocks: u32,       // blocks of four channels
  tiles: u32,
  tilesX: u32,
  outputBase: u32,
}
@group(0) @binding(0) var<uniform> u: WinogradInput;
@group(0) @binding(1) var<storage, read> X: array<vec4f>;
@group(0) @binding(2) var<storage, read_write> V: array<vec4f>;

@compute @workgroup_size(64)
fn main(@builtin(global_invocation_id) global: vec3u) {
  let id = global.y * u.perRow + global.x;
  if (id >= u.total) { return; }
  let tile = id % u.tiles;
  let plane = id / u.tiles;
  let y0 = u32(i32(tile / u.tilesX * $M) + u.offsetY);
  let x0 = u32(i32(tile % u.tilesX * $M) + u.offsetX);
  let first = u.inputBase + plane * u.inputPlane + y0 * u.inputWidth + x0;
  //#for y in 0..M+2
  let row_$y = first + $y * u.inputWidth;
  let ok_$y = y0 + $y < u.inputHeight;
  //#end
  //#for x in 0..M+2
  let in_$x = x0 + $x < u.inputWidth;
  //#for y in 0..M+2
  let d_$(y)_$x = X[select(0u, row_$y + $x, in_$x & ok_$y)];
  //#end
  //#if M == 2
  let p_0_$x = d_0_$x - d_2_$x;
  let p_1_$x = d_1_$x + d_2_$x;
  let p_2_$x = d_2_$x - d_1_$x;
  let p_3_$x = d_1_$x - d_3_$x;
  //#else
  let p_0_$x = d_0_$x - 2.5 * d_2_$x + d_4_$x;
  let c_1_$x = d_4_$x - 2.0 * d_2_$x;
  let s_1_$x = 0.70710678118654752 * d_3_$x - 1.4142135623730951 * d_1_$x;
  let p_1_$x = c_1_$x + s_1_$x;
  let p_2_$x = c_1_$x - s_1_$x;
  let c_2_$x = d_4_$x - 0.5 * d_2_$x;
  let s_2_$x = 1.4142135623730951 * d_3_$x - 0.70710678118654752 * d_1_$x;
  let p_3_$x = c_2_$x + s_2_$x;
  let p_4_$x = c_2_$x - s_2_$x;
  let p_5_$x = d_1_$x - 2.5 * d_3_$x + d_5_$x;
  //#end
  //#end
  let point = u.blocks * u.tiles;
  var at = u.outputBase + plane / u.blocks * ($((M+2)*(M+2)) * point) + plane % u.blocks * u.tiles + tile;
  //#for y in 0..M+2
  //#if M == 2
  V[at] = p_$(y)_0 - p_$(y)_2;
  V[at + point] = p_$(y)_1 + p_$(y)_2;
  V[at + 2u * point] = p_$(y)_2 - p_$(y)_1;
  V[at + 3u * point] = p_$(y)_1 - p_$(y)_3;
  //#else
  let e_1_$y = p_$(y)_4 - 2.0 * p_$(y)_2;
  let o_1_$y = 0.70710678118654752 * p_$(y)_3 - 1.4142135623730951 * p_$(y)_1;
  let e_2_$y = p_$(y)_4 - 0.5 * p_$(y)_2;
  let o_2_$y = 1.4142135623730951 * p_$(y)_3 - 0.70710678118654752 * p_$(y)_1;
  V[at] = p_$(y)_0 - 2.5 * p_$(y)_2 + p_$(y)_4;
  V[at + point] = e_1_$y + o_1_$y;
  V[at + 2u * point] = e_1_$y - o_1_$y;
  V[at + 3u * point] = e_2_$y + o_2_$y;
  V[at + 4u * point] = e_2_$y - o_2_$y;
  V[at + 5u * point] = p_$(y)_1 - 2.5 * p_$(y)_3 + p_$(y)_5;
  //#end
  at += $(M+2) * point;
  //#end
}
