/** What PyTorch has no module for, as Python that stands in front of the written network; the reader knows them by name. */
export const helpers = {
  LayerNorm2d: `class LayerNorm2d(nn.LayerNorm):
    """Normalises the channels of each pixel."""

    def forward(self, x):
        return super().forward(x.permute(0, 2, 3, 1)).permute(0, 3, 1, 2)`,
  LocallyConnected2d: `class LocallyConnected2d(nn.Module):
    """A convolution with a kernel of its own for every position; padding is (left, right, top, bottom)."""

    def __init__(self, in_channels, out_channels, input_size, kernel_size, stride=(1, 1), padding=(0, 0, 0, 0),
                 dilation=(1, 1), bias=True):
        super().__init__()
        self.window = dict(kernel_size=kernel_size, dilation=dilation, stride=stride)
        self.padding = padding
        padded = (input_size[0] + padding[2] + padding[3], input_size[1] + padding[0] + padding[1])
        self.output_size = tuple(
            (padded[i] - dilation[i] * (kernel_size[i] - 1) - 1) // stride[i] + 1 for i in range(2))
        positions = self.output_size[0] * self.output_size[1]
        taps = in_channels * kernel_size[0] * kernel_size[1]
        self.weight = nn.Parameter(torch.randn(positions, out_channels, taps) / taps ** 0.5)
        self.bias = nn.Parameter(torch.zeros(out_channels, *self.output_size)) if bias else None

    def forward(self, x):
        columns = F.unfold(F.pad(x, self.padding), **self.window)
        x = torch.einsum('nkp,pok->nop', columns, self.weight).unflatten(2, self.output_size)
        return x if self.bias is None else x + self.bias`,
  depth_to_space: `def depth_to_space(x, block):
    """Channels into blocks of pixels, the block the slowest part of the channel (ONNX's DCR)."""
    n, c, h, w = x.shape
    x = x.reshape(n, block, block, c // block ** 2, h, w).permute(0, 3, 4, 1, 5, 2)
    return x.reshape(n, c // block ** 2, h * block, w * block)`,
  space_to_depth: `def space_to_depth(x, block):
    """Blocks of pixels into channels, the block the slowest part of the channel (ONNX's DCR)."""
    n, c, h, w = x.shape
    x = x.reshape(n, c, h // block, block, w // block, block).permute(0, 3, 5, 1, 2, 4)
    return x.reshape(n, c * block ** 2, h // block, w // block)`,
  hard_sigmoid: `def hard_sigmoid(x, alpha, beta):
    return torch.clamp(alpha * x + beta, 0, 1)`,
  selu: `def selu(x, alpha, beta):
    return beta * F.elu(x, alpha)`,
} as const;

export type HelperName = keyof typeof helpers;

export function isHelper(name: string): name is HelperName {
  return Object.hasOwn(helpers, name);
}
