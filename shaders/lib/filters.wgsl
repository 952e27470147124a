// The end of a program of pixels times filters: stores the accumulators a_j_v of every pixel that `isMine_j`, from vec4 `at_j` of the
// output's first plane on, for the C filters of `filterBlock`. SCALAR: a group's filters do not come in fours, so that one vec4 of the
// output belongs to two groups and each value is stored alone.
let filter0 = (filterBlock - filterGroup * u.blocksPerGroup) * $C;
let channel0 = filterGroup * u.outChannels + filter0;
//#if !SCALAR
//#for v in 0..V
let isFilter_$v = filter0 + $(v*4) < u.outChannels;
let plane_$v = (channel0 + $(v*4)) / 4u * u.outputPlane;
//#end
//#end
//#for j in 0..P
if (isMine_$j) {
  //#for v in 0..V
  //#if SCALAR
  //#for e in 0..4
  if (filter0 + $(v*4+e) < u.outChannels) {
    let channel = channel0 + $(v*4+e);
    store((at_$j + channel / 4u * u.outputPlane) * 4u + channel % 4u, a_$j_$v[$e]);
  }
  //#end
  //#else
  if (isFilter_$v) { store(at_$j + plane_$v, a_$j_$v); }
  //#end
  //#end
  //#if SCALAR
  // What fills up the last vec4 is read by whom reads vec4: it must be finite.
  if (filterBlock + 1u == u.blocks) {
    for (var channel = u.blocks / u.blocksPerGroup * u.outChannels; channel % 4u != 0u; channel++) {
      Y[(at_$j + channel / 4u * u.outputPlane) * 4u + channel % 4u] = 0.0;
    }
  }
  //#end
}
//#end
