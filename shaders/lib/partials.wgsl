// Statistics for display, left as the maps are stored. Every lane has its P Q pixels of C filters in registers: it takes their extremes, sums
// and zeros, a subgroup joins those of its lanes without memory or a barrier, and its first lane writes one record for each map.
//
//   partials[(firstRecord + id / RECORDS) maps + map],  maps = channelEnd
//
// RECORDS: lanes that every subgroup has at least. A place belongs to each RECORDS invocations; in a wider subgroup the places behind
// the first take an empty record, so that all that `merge` reads is written, whatever width the driver has chosen. Lanes behind
// the last invocation stay (no lane may be missing) and count nothing. Where P is 0, the program has counted its rows as it stored them.
let place = (u.firstRecord + id / $(RECORDS)u) * u.channelEnd;
let isPlace = id % $(RECORDS)u == 0u && id < u.invocations;
//#for v in 0..V
if (filter0 + $(v*4) < u.outChannels && channel0 + $(v*4+3*SCALAR) < u.channelEnd + $(3*SCALAR)u) {
  //#if P*Q > 0
  var lowest = vec4f(3.4028234e38);
  var highest = vec4f(-3.4028234e38);
  var sum = vec4f(0.0);
  var squares = vec4f(0.0);
  var zeros = vec4u(0u);
  //#for j in 0..P*Q
  if (isMine_$j) {
    lowest = min(lowest, a_$j_$v);
    highest = max(highest, a_$j_$v);
    sum += a_$j_$v;
    squares = fma(a_$j_$v, a_$j_$v, squares);
    zeros += vec4u(a_$j_$v == vec4f(0.0));
  }
  //#end
  //#end
  lowest = subgroupMin(lowest);
  highest = subgroupMax(highest);
  sum = subgroupAdd(sum);
  squares = subgroupAdd(squares);
  zeros = subgroupAdd(zeros);
  if (isPlace) {
    //#for e in 0..4
    //#if SCALAR
    if (filter0 + $(v*4+e) < u.outChannels && channel0 + $(v*4+e) < u.channelEnd) {
    //#else
    {
    //#end
      var own = emptyRecord();
      if (lane == 0u) { own = Record(lowest[$e], highest[$e], sum[$e], squares[$e], zeros[$e], 0.0, 0.0, 0u); }
      partials[place + channel0 + $(v*4+e)] = own;
    }
    //#end
  }
}
//#end
