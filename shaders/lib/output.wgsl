// How a program stores: Y = epilogue(value). RESIDUAL: R, maps of the same shape, is added first. DUAL: what goes into the epilogue is
// stored as well, in Z. All are NC4HW4. SCALAR: a group's filters do not come in fours, so that one vec4 of the output belongs to two
// groups and each value is stored alone. RECORDS: statistics of what is stored are left in `partials` (lib/partials). FREE: the first
// binding behind those of the program's own. `store` returns what it has stored.
//#include epilogue
//#if RECORDS
//#include record
@group(0) @binding($(FREE+DUAL+RESIDUAL)) var<storage, read_write> partials: array<Record>;
//#end
//#if SCALAR
@group(0) @binding(3) var<storage, read_write> Y: array<f32>;
//#if DUAL
@group(0) @binding($FREE) var<storage, read_write> Z: array<f32>;
//#end
//#if RESIDUAL
@group(0) @binding($(FREE+DUAL)) var<storage, read> R: array<f32>;
//#end

fn store(element: u32, sum: f32) -> f32 {
  //#if RESIDUAL
  let value = sum + R[element];
  //#else
  let value = sum;
  //#end
  let result = epilogue(vec4f(value)).x;
  Y[element] = result;
  //#if DUAL
  Z[element] = value;
  //#end
  return result;
}
//#else
@group(0) @binding(3) var<storage, read_write> Y: array<vec4f>;
//#if DUAL
@group(0) @binding($FREE) var<storage, read_write> Z: array<vec4f>;
//#end
//#if RESIDUAL
@group(0) @binding($(FREE+DUAL)) var<storage, read> R: array<vec4f>;
//#end

fn store(element: u32, sum: vec4f) -> vec4f {
  //#if RESIDUAL
  let value = sum + R[element];
  //#else
  let value = sum;
  //#end
  let result = epilogue(value);
  Y[element] = result;
  //#if DUAL
  Z[element] = value;
  //#end
  return result;
}
//#end
