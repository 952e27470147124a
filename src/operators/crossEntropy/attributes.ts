/**
 * Softmax cross-entropy, as `torch.nn.functional.cross_entropy(x, target, reduction='none')`, of logits x [N, C, H, W] along the channels and
 * a target. Indices [N, 1, H, W]: the class k as a number (whole, exact as a float); one that is no class, as -1, leaves its sample out.
 * Probabilities [N, C, H, W]: the share t_c of every class, one-hot or softer. With p = softmax(x):
 *
 *   loss      [N, 1, H, W]  -sum over c of t_c log p_c           (0 where the sample is left out)
 *   gradient  [N, C, H, W]  of the loss at x: p_c sum(t) - t_c   (0 there too)
 *   correct   [N, 1, H, W]  1 where the first largest x is that of the class (of the first largest t), else 0
 *
 * The end of a network that is trained, and no layer of it.
 */
export interface CrossEntropy {
  readonly kind: 'cross_entropy';
  readonly gives: 'loss' | 'gradient' | 'correct';
  readonly target: 'indices' | 'probabilities';
}
