/** The figure of a transposed convolution. Attribute names are PyTorch's and are never translated. */
export const transposed = {
  direct: {
    title: 'As a direct convolution',
    look: 'Only taps on a pixel count.',
    geometryHint:
      'stride − 1 zeros between the pixels; effective kernel − 1 − padding zeros around them (top and left; output_padding adds more below and to the right). Then a convolution with stride 1.',
    between: 'between: {{zeros}} = s−1',
    around: 'around: {{padding}} = ke−1−p',
    met: 'Taps on a pixel: {{met}} of {{taps}}',
    rows: 'Input row {{rows}} × column {{columns}}',
    none: 'No tap meets a pixel: the unit is the bias alone.',
    channel: 'Input channel',
    channelName: 'channel {{channel}}',
    stretched: 'stretched input',
    kernel: 'turned kernel',
    sum: 'Σ = {{sum}}',
    stretchedLabel:
      'Stretched input around output row {{y}}, column {{x}}. The kernel lies on {{taps}} cells, of which {{met}} are pixels.',
    kernelLabel: 'Kernel of input channel {{channel}} to map {{map}}, turned by 180°',
  },
  overlap: {
    title: 'Overlap',
    even: 'Products per interior pixel: {{counts}} everywhere, as stride {{stride}} divides kernel {{kernel}}. Weights may still be uneven.',
    evenDilated:
      'Products per interior pixel: {{counts}} everywhere, as stride {{stride}} divides kernel {{kernel}} and shares no factor with dilation {{dilation}}. Weights may still be uneven.',
    uneven:
      'A checkerboard: pixels sum {{counts}} products in turn, as stride {{stride}} does not divide kernel {{kernel}}.',
    unevenDilated:
      'A checkerboard: pixels sum {{counts}} products in turn, as stride {{stride}} and dilation {{dilation}} share a factor.',
    zero: 'Where it is 0, the bias stands alone.',
    remedy: 'Fix: {{change}}',
    remedyHint: 'The kernel at the next multiple of the stride; the output keeps its size where it can',
    counts: 'products per pixel',
    map: 'map {{map}}, same pixels',
    countsLabel:
      'Overlap counts of rows {{top}} to {{bottom}}, columns {{left}} to {{right}} of the output; {{overlap}} at the pinned unit.',
    mapLabel: 'Values of map {{map}} at the same pixels',
  },
  others: {
    title: 'Map {{map}} by other networks',
    toUnit: 'Zoom to the unit',
    whole: 'Whole map',
    figure:
      'Map {{map}} of the transposed layer, its overlap counts, and the same map by other networks, with one zoom',
    overlap: 'overlap counts',
    overlapRange: '0 to {{largest}} products',
    layer: 'transposed',
    direct: 'direct',
    pixelShuffle: 'pixel shuffle',
    resizeConvolve: 'resize, convolve',
    parametersHint: 'Parameters of the whole layer: {{value}}',
    macsHint:
      'Multiply-accumulates of the whole layer, zeros included: {{value}}. The transposed layer is counted by its input size.',
    difference: '|Δ| {{value}}',
    differenceHint: 'Largest |difference| from the transposed layer’s map, over all its pixels, in float32',
    another: 'another, even',
    anotherHint: 'Another layer: its map is not the same, and every pixel sums as many products as the next',
    impossible: 'not possible: strides {{stride}} differ',
    tooLarge: 'too large to show: {{bytes}}',
    failed: 'not computed: {{message}}',
    computing: 'computing',
    legend: 'parameters · operations; |Δ|: largest difference from the transposed map',
    before: 'Before the activation.',
  },
} as const;
