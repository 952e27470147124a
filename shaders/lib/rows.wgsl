// The end of window, deepWindow and taps: stores the accumulators a_j_v of P rows (`row`, `row` + rowStep, ...) of Q columns, one column after
// another (j = q P + row), and C filters of `filterBlock`.
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
let at_$j = u.outputBase + group.z * u.outputImage + y_$j * u.outputWidth + column_$j;
//#end
//#include stores
