// Stores the accumulators a_j_v of every pixel that `isMine_j`, from vec4 `at_j` of the output's first plane on, for those of the C filters of
// `filterBlock` that the output array holds. SCALAR: a group's filters do not come in fours, so that one vec4 of the output belongs to two
// groups and each value is stored alone. RECORDS: what was stored takes the accumulators' place, for the statistics.
let filter0 = (filterBlock - filterGroup * u.blocksPerGroup) * $C;
let channel0 = filterGroup * u.outChannels + filter0 - u.channelOrigin;
//#if !SCALAR
//#for v in 0..V
let isFilter_$v = filter0 + $(v*4) < u.outChannels && channel0 + $(v*4) < u.channelEnd;
let plane_$v = (channel0 + $(v*4)) / 4u * u.outputPlane;
//#end
//#end
//#for j in 0..P*Q
{
  if (isMine_$j) {
    //#for v in 0..V
    //#if SCALAR
    //#for e in 0..4
    if (filter0 + $(v*4+e) < u.outChannels && channel0 + $(v*4+e) < u.channelEnd) {
      let channel = channel0 + $(v*4+e);
      a_$j_$v[$e] = store((at_$j + channel / 4u * u.outputPlane) * 4u + channel % 4u, a_$j_$v[$e]);
    }
    //#end
    //#else
    if (isFilter_$v) { a_$j_$v = store(at_$j + plane_$v, a_$j_$v); }
    //#end
    //#end
    //#if SCALAR
    // What fills up the last vec4 is read by whom reads vec4: it must be finite.
    if (filterBlock + 1u == u.groups * u.blocksPerGroup) {
      for (var channel = u.groups * u.outChannels - u.channelOrigin; channel < u.channelEnd; channel++) {
        let element = (at_$j + channel / 4u * u.outputPlane) * 4u + channel % 4u;
        Y[element] = 0.0;
        //#if DUAL
        Z[element] = 0.0;
        //#end
      }
    }
    //#end
  }
}
//#end
//#if RECORDS
//#include partials
//#end
