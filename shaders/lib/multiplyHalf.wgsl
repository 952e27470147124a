// Four channels of P pixels, f_j, times C filters in f16, as `multiply` does it in float32. The four values of a pixel are divided by a
// power of two that they share, so that whatever their size is, neither they nor sums of four products leave the range of f16; the sum
// of the four is multiplied by that power as it joins the float32 accumulator a_j_v.
//#for j in 0..P
let power_$j = powerOf(f_$j);
let h_$j = rounded(f_$j * bitcast<f32>(0x7f000000u - power_$j));
//#end
//#for i in 0..2*V
let q_$i = W[wi + $i];
//#end
//#for e in 0..4
//#for v in 0..V
let w_$e_$v = halves(vec2u(q_$((e*V+v)/2)[$((e*V+v)%2*2)], q_$((e*V+v)/2)[$((e*V+v)%2*2+1)]));
//#for j in 0..P
//#if e == 0
let p_0_$j_$v = product(spread(h_$j[0]), w_0_$v);
//#else
let p_$e_$j_$v = addProduct(spread(h_$j[$e]), w_$e_$v, p_$(e-1)_$j_$v);
//#end
//#end
//#end
//#end
//#for j in 0..P
//#for v in 0..V
a_$j_$v = fma(vec4f(p_3_$j_$v), vec4f(bitcast<f32>(power_$j)), a_$j_$v);
//#end
//#end
wi += $(2*V);
