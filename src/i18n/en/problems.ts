/**
 * What went wrong, by `Problem.kind` and `Problem.code`: `what` says what happened and why, `todo` what to do about it. The picture on
 * the screen stays in every case.
 */
export const problems = {
  title: 'Problem',
  kept: 'Nothing on the screen was lost.',
  photo: {
    empty: {
      what: '{{name}} is empty: it holds 0 bytes.',
      todo: 'Copy or download the file again, then drop it here.',
    },
    truncated: {
      what: '{{name}} ends too early: part of the picture is missing.',
      todo: 'Copy or download the file again; the transfer was cut off.',
    },
    mislabelled: {
      what: '{{name}} says that it is {{claimed}}, but its bytes are {{actual}}, which cannot be read here.',
      todo: 'Save it as PNG, JPEG or WebP and try again.',
    },
    'not-an-image': {
      what: '{{name}} is not a picture that this browser can read.',
      todo: 'Take a PNG, JPEG, WebP, AVIF, GIF or BMP file.',
    },
    unsupported: {
      what: '{{name}} is in a format that this browser cannot read.',
      todo: 'Save it as PNG, JPEG or WebP and try again.',
    },
    heic: {
      what: '{{name}} is an HEIC photo, which browsers cannot read.',
      todo: 'On an iPhone choose Settings › Camera › Formats › Most Compatible, or export the photo as JPEG.',
    },
    'too-many-pixels': {
      what: '{{name}} has {{megapixels}} megapixels, more than the {{limit}} that can be opened here.',
      todo: 'Scale it down, for example to 4096 pixels on its longest side, and try again.',
    },
    'too-large': {
      what: '{{name}} is too large to open here.',
      todo: 'Scale it down, for example to 4096 pixels on its longest side, and try again.',
    },
    'camera-refused': {
      what: 'The camera was not allowed.',
      todo: 'Allow the camera for this page in the address bar, then press Camera again.',
    },
    'camera-missing': { what: 'No camera was found.', todo: 'Connect one, or upload a photo instead.' },
    'camera-busy': {
      what: 'The camera is in use by another program.',
      todo: 'Close that program, then press Camera again.',
    },
    'camera-failed': {
      what: 'The camera could not be started.',
      todo: 'Close other programs that use it, or upload a photo instead.',
    },
    'video-unreadable': { what: 'This browser cannot play {{name}}.', todo: 'Take an MP4 (H.264) or WebM file.' },
    'sample-missing': {
      what: 'The sample photo {{name}} could not be loaded.',
      todo: 'Check the connection to the server that serves this page, or upload a photo.',
    },
    'file-unreadable': {
      what: '{{name}} could not be read.',
      todo: 'Check that the file still exists and may be opened, then try again.',
    },
    'not-a-workspace': {
      what: '{{name}} is not a ConvScope file.',
      todo: 'Take a .convscope, .json or .npz file that ConvScope has exported.',
    },
    'newer-version': {
      what: '{{name}} was written by a newer ConvScope.',
      todo: 'Update this ConvScope, then open the file again.',
    },
    'photo-missing': {
      what: 'The photo of this state is not in this browser.',
      todo: 'Upload it again; a sample stands in for it.',
    },
  },
  engine: {
    'device-lost': {
      what: 'The GPU stopped answering. It is being started again.',
      todo: 'If it happens often, choose a smaller photo or CPU in the chip above.',
    },
    'out-of-memory': {
      what: 'There is not enough GPU memory for this layer.',
      todo: 'Take fewer out_channels, a larger stride or a smaller longest side of the photo.',
    },
    'shader-failed': {
      what: 'The GPU’s driver refused a program.',
      todo: 'Choose CPU in the chip above; an update of the graphics driver may help.',
    },
    'too-large': {
      what: 'These maps are larger than this device can hold.',
      todo: 'Take fewer out_channels, a larger stride or a smaller longest side of the photo.',
    },
    internal: {
      what: 'The computation failed: {{message}}',
      todo: 'Change anything to try again, or choose CPU in the chip above.',
    },
  },
  layer: {
    invalid: {
      what: 'This layer has no output: {{message}}',
      todo: 'Take a smaller kernel_size or dilation, or more padding.',
    },
    'code-unreadable': {
      what: 'This code is not a layer that can be read here.',
      todo: 'Paste nn.Conv2d(…), Conv2D(…), nn.Conv(…) or ONNX attributes.',
    },
    'same-with-stride': {
      what: "PyTorch says: padding='same' is not supported for strided convolutions.",
      todo: 'Take TensorFlow’s SAME instead: it pads so that the output is the input divided by the stride, rounded up.',
    },
    'link-unreadable': {
      what: 'This link is damaged: it holds no state that can be read.',
      todo: 'Ask for it again, complete; some programs cut long links.',
    },
    'link-newer': {
      what: 'This link was made by a newer ConvScope.',
      todo: 'Update this ConvScope, then open the link again.',
    },
    'kernels-missing': {
      what: 'The edited kernels of this state are not in this browser.',
      todo: 'Ask for the .convscope file, which carries them.',
    },
  },
  storage: {
    'storage-full': {
      what: 'The browser’s storage for this page is full, so the latest change will not survive a reload.',
      todo: 'Save a .convscope file (Export), or free some space in the browser’s settings.',
    },
    'storage-denied': {
      what: 'The browser does not let this page store anything, so work will not survive a reload.',
      todo: 'Save a .convscope file (Export) before you leave; private windows often forbid storing.',
    },
    'blob-missing': {
      what: 'Something this state needs is no longer in the browser’s storage.',
      todo: 'Open the photo again, or undo.',
    },
  },
  unknown: { what: 'Something went wrong: {{code}}.', todo: 'Try again; reloading the page keeps your work.' },
} as const;
