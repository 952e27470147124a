// The numbers of one dispatch of the gradient at a weight, by either program.
struct WeightGradient {
  firstTile: u32,
  tileEnd: u32,
  perRow: u32,
  firstChunk: u32,
  rounds: u32,         // of 64 P positions (products: 8)
  positions: u32,      // in all
  xBase: u32,          // in elements of the layout, as are all strides
  xImage: u32,
  xPlane: u32,         // from one block (SCALAR: channel) to the next
  gBase: u32,
  gImage: u32,
  gPlane: u32,
  yBase: u32,
  height: u32,         // of X
  width: u32,
  rows: u32,           // of G
  columns: u32,
  stepN: u32,
  stepY: u32,
  stepX: u32,
  strideY: u32,
  strideX: u32,
  dilationY: u32,
  dilationX: u32,
  top: u32,
  left: u32,
  slices: u32,         // channels of a group
  filters: u32,        // filters of a group
  kernelHeight: u32,
  kernelWidth: u32,
  tapRows: u32,        // tiles along each axis of the weight
  tapColumns: u32,
  sliceTiles: u32,
  filterTiles: u32,
  fours: u32,          // products: blocks of four channels of a group
  weights: u32,        // values of Y in one chunk
}
