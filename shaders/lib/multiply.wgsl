// Four channels of P pixels, f_j, times C filters: adds to the accumulators a_j_v and moves on to the next 4 C weights. The four products of
// an accumulator follow one another, so that it comes into a register once: software adapters keep accumulators in memory.
//#if BROADCAST
//#for i in 0..(4*V+BROADCAST-1)/BROADCAST
let s_$i = W[wi + $(i*BROADCAST) + quad];
//#end
//#end
//#for v in 0..V
//#for e in 0..4
//#if BROADCAST
let w_$e_$v = subgroupBroadcast(s_$((e*V+v)/BROADCAST), $((e*V+v)%BROADCAST));
//#else
let w_$e_$v = W[wi + $(e*V+v)];
//#end
//#end
//#for j in 0..P
//#for e in 0..4
a_$j_$v = fma(vec4f(f_$j[$e]), w_$e_$v, a_$j_$v);
//#end
//#end
//#end
wi += $(4*V);
