// Winograd's last pass: products of T x T points back into tiles of M x M outputs, T = M + 2, with bias and epilogue.
//
//   Y[c, M ty .. + M-1, M tx .. + M-1] = epilogue(bias[c] + At m A),  m[i] = S[i, c, tile]
//
// S   NC4HW4 vec4 [N, T^2, Cout/4, tiles]
// B   vec4 [Cout/4]
// Y   NC4HW4 vec4 [N, Cout/4, OH, OW] (Z: the same before the epilogue, when DUAL; R: added first, when RESIDUAL)
//
// One invocation is one tile of four channels; the points and their matrices are those of `input`. Neighbours are neighbouring tiles,
// so that every load of a workgroup is one run of memory. What of a tile lies outside the output is not stored.
struct WinogradOutput {
  total: u32,        // tiles of all blocks of all images
  perRow: u32,       // invocations per row of the grid
  inputBase: u32,
  blocks: u32,       // blocks of four channels
  tiles: u32,
  tilesX: u32,
  outputBase: u32,
  outputPlane: u32,
  outputHeight: u32,
  outputWidth: u32,
  slope: f32,
  cap: f32,
}
@group(0) @binding(0) var<uniform> u: WinogradOutput;
@group(0) @binding(1) var<storage, read> S: array<vec4f>;
@group(0) @binding(2) var<storage, read> B: array<vec4f>;
//#include output

@compute @workgroup_size(64)
fn main(@builtin(global_invocation_id) global: vec3u) {
  let id = global.y * u.perRow + global.x;
  if (id >= u.total) { return; }
  let tile = id % u.tiles;
  let plane = id / u.tiles;
  let point = u.blocks * u.tiles;
  let first = u.inputBase + plane / u.blocks * ($((M+2)*(M+2)) * point) + plane % u.blocks * u.tiles + tile;
  //#for x in 0..M+2
  //#for y in 0..M+2
  let m_$(y)_$x = S[first + $(y*(M+2)+x) * point];
  //#end
  //#if M == 2
  let p_0_$x = m_0_$x + m_1_$x + m_2_$x;
  let p_1_$x = m_1_$x - m_2_$x - m_3_$x;
  //#else
  let c_1_$x = m_1_$x + m_2_$x;
  let s_1_$x = m_1_$x - m_2_$x;
  let c_2_$x = m_3_$x + m_4_$x;
  let s_2_$x = m_3_$x - m_4_$x;
  let p_0_$x = m_0_$x + c_1_$x + c_2_$x;
  let p_1_$x = 0.70710678118654752 * s_1_$x + 1.4142135623730951 * s_2_$x;
  let p_2_$x = 0.5 * c_1_$x + 2.0 * c_2_$x;
  let p_3_$x = 0.35355339059327376 * s_1_$x + 2.8284271247461901 * s_2_$x + m_5_$x;
  //#end
  //#end
  let bias = B[plane % u.blocks];
  let y0 = tile / u.tilesX * $M;
  let x0 = tile % u.tilesX * $M;
  let to = u.outputBase + plane * u.outputPlane + y0 * u.outputWidth + x0;
  //#for y in 0..M
  if (y0 + $y < u.outputHeight) {
    let at = to + $y * u.outputWidth;
    //#if M == 2
    let q_0 = p_$(y)_0 + p_$(y)_1 + p_$(y)_2;
    let q_1 = p_$(y)_1 - p_$(y)_2 - p_$(y)_3;
    //#else
    let c_1 = p_$(y)_1 + p_$(y)_2;
    let s_1 = p_$(y)_1 - p_$(y)_2;
    let c_2 = p_$(y)_3 + p_$(y)_4;
    let s_2 = p_$(y)_3 - p_$(y)_4;
    let q_0 = p_$(y)_0 + c_1 + c_2;
    let q_1 = 0.70710678118654752 * s_1 + 1.4142135623730951 * s_2;
    let q_2 = 0.5 * c_1 + 2.0 * c_2;
    let q_3 = 0.35355339059327376 * s_1 + 2.8284271247461901 * s_2 + p_$(y)_5;
    //#end
    //#for x in 0..M
    if (x0 + $x < u.outputWidth) { store(at + $x, q_$x + bias); }
    //#end
  }
  //#end
}
