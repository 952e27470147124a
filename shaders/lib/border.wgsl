// Which value of an axis stands at a position beside it: torch.nn's padding modes, numbered as `u.mode` has them.

fn modulo(a: i32, n: i32) -> i32 {
  return ((a % n) + n) % n;
}

// The entry whose value stands at `at` (1 reflect, 2 replicate, 3 circular); -1 where a constant is padded (0).
fn mapped(at: i32, size: i32) -> i32 {
  if (at >= 0 && at < size) { return at; }
  switch (u.mode) {
    case 1u: {
      if (size == 1) { return 0; }
      let folded = modulo(at, 2 * (size - 1));
      return select(2 * (size - 1) - folded, folded, folded < size);
    }
    case 2u: { return clamp(at, 0, size - 1); }
    case 3u: { return modulo(at, size); }
    default: { return -1; }
  }
}
