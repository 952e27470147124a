// Where an invocation of window, deepWindow and taps stands: `id` = strip of rows * strips of columns + strip of columns, so that neighbours
// read neighbours. Its P rows are `rowStep` apart from `row` on, its Q columns `columnStep` from `column` on, and its first window starts at
// (iy, ix) of the input. A whole tail of invocations leaves at once (RECORDS: stays, for the subgroup's sake).
let id = group.x * 64u + local;
//#if BROADCAST
let quad = lane & $(BROADCAST-1)u;
//#end
//#if BROADCAST && !RECORDS
if (id - quad >= u.invocations) { return; }
//#end
//#if !BROADCAST && !RECORDS
if (id >= u.invocations) { return; }
//#end
let filterBlock = u.firstBlock + group.y;
let filterGroup = filterBlock / u.blocksPerGroup;
//#if Q > 1
let columnStep = u.columnStep;
let strips = (u.outputWidth + $Q * columnStep - 1u) / ($Q * columnStep) * columnStep;
let column = id % strips / columnStep * ($Q * columnStep) + id % strips % columnStep;
let strip = id / strips;
//#else
let column = id % u.outputWidth;
let strip = id / u.outputWidth;
//#end
let row = u.firstRow + strip / u.rowStep * ($P * u.rowStep) + strip % u.rowStep;
let iy = i32(row * u.strideY) + u.offsetY;
let ix = i32(column * u.strideX) + u.offsetX;
