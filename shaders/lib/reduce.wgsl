// Merges the records of a workgroup's 64 invocations in a fixed order (a tree), so that the same maps give the same sums.
var<workgroup> records64: array<Record, 64>;

fn reduced(own: Record, local: u32) -> Record {
  records64[local] = own;
  for (var half = 32u; half > 0u; half /= 2u) {
    workgroupBarrier();
    if (local < half) { records64[local] = merged(records64[local], records64[local + half]); }
  }
  workgroupBarrier();
  return records64[0];
}
