// One channel of P pixels, f_j (the same in all four lanes), times C filters: adds to the accumulators a_j_v and moves on to the next
// C weights.
//#if BROADCAST
//#for i in 0..(V+BROADCAST-1)/BROADCAST
let s_$i = W[wi + $(i*BROADCAST) + quad];
//#end
//#end
//#for v in 0..V
//#if BROADCAST
let w_$v = subgroupBroadcast(s_$(v/BROADCAST), $(v%BROADCAST));
//#else
let w_$v = W[wi + $v];
//#end
//#for j in 0..P
a_$j_$v = fma(f_$j, w_$v, a_$j_$v);
//#end
//#end
wi += $V;
