// What is known of one map; 32 bytes. `zeros` counts exact zeros.
struct Record {
  lowest: f32,
  highest: f32,
  sum: f32,
  squares: f32,
  zeros: u32,
  p1: f32,
  p99: f32,
  unused: u32,
}

fn emptyRecord() -> Record {
  return Record(3.4028234e38, -3.4028234e38, 0.0, 0.0, 0u, 0.0, 0.0, 0u);
}

fn merged(a: Record, b: Record) -> Record {
  return Record(min(a.lowest, b.lowest), max(a.highest, b.highest), a.sum + b.sum, a.squares + b.squares, a.zeros + b.zeros, 0.0, 0.0, 0u);
}
