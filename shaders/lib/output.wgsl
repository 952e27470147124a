// Where a convolution stores: Y after the epilogue and, when DUAL, Z before it. Both are NC4HW4. SCALAR: a group's filters do
// not come in fours, so that one vec4 of the output belongs to two groups and each value is stored alone.
//#if SCALAR
@group(0) @binding(3) var<storage, read_write> Y: array<f32>;
//#if DUAL
@group(0) @binding(4) var<storage, read_write> Z: array<f32>;
//#end
//#else
@group(0) @binding(3) var<storage, read_write> Y: array<vec4f>;
//#if DUAL
@group(0) @binding(4) var<storage, read_write> Z: array<vec4f>;
//#end
//#end
