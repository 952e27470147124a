// The end of window, deepWindow and taps: stores the accumulators a_j_v of P rows (`row`, `row` + rowStep, ...) of Q columns, one column after
// another (j = q P + row), and C filters of `filterBlock`.
// RECORDS: what was stored takes their place, for the statistics.
let filter0 = (filterBlock - filterGroup * u.blocksPerGroup) * $C;
let channel0 = filterGroup * u.outChannels + filter0 - u.channelOrigin;
//#for j in 0..P*Q
let y_$j = row + $(j%P) * u.rowStep;
//#if Q > 1
let column_$j = column + $(j/P) * u.columnStep;
let isThere_$j = y_$j < u.rowEnd && column_$j < u.outputWidth;
//#else
let column_$j = column;
let isThere_$j = y_$j < u.rowEnd;
//#end
//#if BROADCAST || RECORDS
let isMine_$j = isThere_$j && id < u.invocations;
//#else
let isMine_$j = isThere_$j;
//#end
{
  if (isMine_$j) {
    let at = u.outputBase + group.z * u.outputImage + y_$j * u.outputWidth + column_$j;
    //#for v in 0..V
    //#if SCALAR
    //#for e in 0..4
    if (filter0 + $(v*4+e) < u.outChannels && channel0 + $(v*4+e) < u.channelEnd) {
      let channel = channel0 + $(v*4+e);
      a_$j_$v[$e] = store((at + channel / 4u * u.outputPlane) * 4u + channel % 4u, a_$j_$v[$e]);
    }
    //#end
    //#else
    if (filter0 + $(v*4) < u.outChannels && channel0 + $(v*4) < u.channelEnd) {
      a_$j_$v = store(at + (channel0 + $(v*4)) / 4u * u.outputPlane, a_$j_$v);
    }
    //#end
    //#end
    //#if SCALAR
    // What fills up the last vec4 is read by whom reads vec4: it must be finite.
    if (filterBlock + 1u == u.groups * u.blocksPerGroup) {
      for (var channel = u.groups * u.outChannels - u.channelOrigin; channel < u.channelEnd; channel++) {
        let element = (at + channel / 4u * u.outputPlane) * 4u + channel % 4u;
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
