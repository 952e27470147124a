// Where `filters` stores.
//#if SCALAR
@group(0) @binding(3) var<storage, read_write> Y: array<f32>;
//#else
@group(0) @binding(3) var<storage, read_write> Y: array<vec4f>;
//#end
