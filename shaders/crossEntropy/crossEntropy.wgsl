// Softmax cross-entropy along the channels of one pixel: with m the largest logit, s = sum of exp(x_c - m), t_c the share of class c and
// T = sum of t_c,
//
//   GIVES 0  loss      Y    = T (m + log s) - sum of t_c x_c, as sum of t_c (m - x_c + log s)
//   GIVES 1  gradient  Y_c  = T exp(x_c - m) / s - t_c
//   GIVES 2  correct   Y    = 1 where the first largest x and the first largest t are of one class, else 0
//
// X [N, C, H, W], Y  NC4HW4 vec4. INDICES: T [N, 1, H, W] has the number of the class, one that is none leaves the pixel at 0; otherwise the
// shares, as X. One invocation computes one pixel. Grid: x, y = pixels of all images in rows of `perRow` invocations.
struct CrossEntropy {
  total: u32,
  perRow: u32,
  base: u32,           // of all arrays; in vec4
  plane: u32,          // pixels of an image
  blocks: u32,         // of four classes
  classes: u32,
}
@group(0) @binding(0) var<uniform> u: CrossEntropy;
@group(0) @binding(1) var<storage, read> X: array<vec4f>;
@group(0) @binding(2) var<storage, read> T: array<vec4f>;
@group(0) @binding(3) var<storage, read_write> Y: array<vec4f>;
//#include functions
//#include lanes

fn sumOf(v: vec4f) -> f32 {
  return (v.x + v.y) + (v.z + v.w);
}

@compute @workgroup_size(64)
fn main(@builtin(global_invocation_id) invocation: vec3u) {
  let id = invocation.y * u.perRow + invocation.x;
  if (invocation.x >= u.perRow || id >= u.total) { return; }
  let first = u.base + id / u.plane * u.plane * u.blocks + id % u.plane;
  //#if INDICES
  let index = T[u.base + id].x;
  let isClass = index >= 0.0 && f32(u.classes) > index;
  let wanted = select(0xffffffffu, u32(index), isClass);
  //#end
  //#if GIVES == 2
  var best = -3.4028234e38;
  var said = 0u;
  //#if !INDICES
  var share = -3.4028234e38;
  var wanted = 0u;
  //#end
  for (var i = 0u; i < u.classes; i++) {
    let at = first + i / 4u * u.plane;
    let x = X[at][i % 4u];
    if (x > best) {
      best = x;
      said = i;
    }
    //#if !INDICES
    let t = T[at][i % 4u];
    if (t > share) {
      share = t;
      wanted = i;
    }
    //#end
  }
  Y[u.base + id] = vec4f(select(0.0, 1.0, said == wanted), 0.0, 0.0, 0.0);
  //#else
  var largest = vec4f(-3.4028234e38);
  for (var i = 0u; i < u.blocks; i++) {
    largest = max(largest, lanesOr(X[first + i * u.plane], i, u.classes, -3.4028234e38));
  }
  largest = max(largest, largest.yxwz);
  largest = max(largest, largest.zwxy);
  var sums = vec4f(0.0);
  var shares = vec4f(0.0);
  for (var i = 0u; i < u.blocks; i++) {
    let at = first + i * u.plane;
    sums += lanesOr(exponential(X[at] - largest), i, u.classes, 0.0);
    //#if !INDICES
    shares += lanesOr(T[at], i, u.classes, 0.0);
    //#end
  }
  let sum = sumOf(sums);
  //#if INDICES
  let whole = select(0.0, 1.0, isClass);
  //#else
  let whole = sumOf(shares);
  //#end
  let log = logarithm(vec4f(sum));
  var loss = vec4f(0.0);
  for (var i = 0u; i < u.blocks; i++) {
    let at = first + i * u.plane;
    let x = X[at];
    //#if INDICES
    let t = select(vec4f(0.0), vec4f(1.0), vec4u(wanted) == vec4u(4u * i) + vec4u(0u, 1u, 2u, 3u));
    //#else
    let t = lanesOr(T[at], i, u.classes, 0.0);
    //#end
    //#if GIVES == 1
    Y[at] = lanesOr(whole / sum * exponential(x - largest) - t, i, u.classes, 0.0);
    //#else
    loss = fma(t, lanesOr(largest - x + log, i, u.classes, 0.0), loss);
    //#end
  }
  //#if GIVES == 0
  Y[u.base + id] = vec4f(sumOf(loss), 0.0, 0.0, 0.0);
  //#end
  //#end
}
