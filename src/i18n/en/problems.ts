/**
 * What went wrong, by `Problem.kind` and `Problem.code`: `what` says what happened and why, `todo` what to do about it. The picture on
 * the screen stays in every case.
 */
export const problems = {
  photo: {
    empty: { what: 'This file is empty: it holds 0 bytes.', todo: 'Copy or download it again, then drop it here.' },
    truncated: {
      what: 'This picture ends too early: part of the file is missing.',
      todo: 'Copy or download it again; the transfer was cut off.',
    },
    mislabelled: {
      what: 'This file calls itself {{claimed}}, but its bytes are {{found}}.',
      todo: 'Open the original and save it as PNG, JPEG or WebP.',
    },
    'not-an-image': {
      what: 'This file cannot be opened here (it holds {{found}}).',
      todo: 'Take a photo (PNG, JPEG, WebP, AVIF, GIF, BMP), a video, or a .convscope, .json or .npz file.',
    },
    unsupported: {
      what: 'This browser does not read {{format}} pictures.',
      todo: 'Save the picture as PNG, JPEG or WebP and open that.',
    },
    damaged: {
      what: 'This picture is damaged: the browser gave up reading it ({{format}}).',
      todo: 'Copy or download it again, or save it anew as PNG.',
    },
    heic: {
      what: 'This is an HEIC photo, which browsers cannot read.',
      todo: 'Export it as JPEG. On an iPhone: Settings › Camera › Formats › Most Compatible.',
    },
    'too-large': {
      what: 'This photo has {{width}} × {{height}} pixels ({{megapixels}} megapixels); the limit is {{limit}} megapixels.',
      todo: 'Scale it down, for example to 4096 pixels on its longest side, and open that.',
    },
    'file-too-large': {
      what: 'This file has {{megabytes}} MB; the limit is {{limit}} MB.',
      todo: 'Scale the photo down, or cut the video shorter.',
    },
    timeout: {
      what: 'The browser did not finish reading this picture within {{seconds}} seconds.',
      todo: 'Save it anew as PNG or JPEG, or take a smaller one.',
    },
    missing: {
      what: 'The photo {{name}} is not in this browser; another stands in for it.',
      todo: 'Upload it again, or choose a sample.',
    },
    'sample-not-loaded': {
      what: 'The sample photo could not be loaded.',
      todo: 'Check the connection, then reload the page.',
    },
    'camera-refused': {
      what: 'The camera was not allowed.',
      todo: 'Allow the camera for this page in the address bar, then press Camera again.',
    },
    'camera-missing': { what: 'No camera was found.', todo: 'Connect one, or upload a photo instead.' },
    'camera-busy': {
      what: 'Another program is using the camera.',
      todo: 'Close that program, then press Camera again.',
    },
    'camera-unsupported': {
      what: 'This browser gives the page no camera.',
      todo: 'Open the page at localhost or over https, or upload a photo instead.',
    },
    'video-unsupported': { what: 'This browser cannot play {{name}}.', todo: 'Take an MP4 (H.264) or WebM file.' },
    'video-timeout': {
      what: 'No picture came within {{seconds}} seconds.',
      todo: 'Check that the camera is not covered or in use elsewhere, then try again.',
    },
    'file-unreadable': {
      what: '{{name}} could not be read.',
      todo: 'Check that the file still exists and may be opened, then try again.',
    },
  },
  engine: {
    'device-lost': {
      what: 'The GPU stopped answering. It is being started again.',
      todo: 'If it happens often, choose a smaller photo or CPU in the chip above.',
    },
    'out-of-memory': {
      what: 'The memory ran out: this layer’s maps need more than the device has left.',
      todo: 'Make the longest side of the photo smaller, or take fewer out_channels or a larger stride.',
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
  network: {
    'run-missing': {
      what: 'This network has not been trained here, or its run was reset.',
      todo: 'Train it on the Train screen, or choose another network.',
    },
    unreadable: {
      what: 'These layers cannot be read: the link or file is damaged, or a newer version wrote it.',
      todo: 'Choose a network above, or paste its code.',
    },
    'too-small': {
      what: 'The input is too small for this network: {{message}}',
      todo: 'Take a larger input, or a network with fewer layers that halve the maps.',
    },
    'out-of-memory': {
      what: 'The memory ran out: this network needs more than the device has left.',
      todo: 'Take a smaller input, keep fewer maps, or choose a smaller network.',
    },
    'too-large': {
      what: 'A layer of this network is larger than this device can hold.',
      todo: 'Take a smaller input, or a network with fewer channels.',
    },
    'over-memory': {
      what: 'The layer {{node}} needs {{size}} for its maps alone; this page may take {{limit}}. Nothing of the network is computed.',
      todo: 'Take a smaller input or fewer channels, or let the page keep more maps.',
    },
    'gradient-over-memory': {
      what: 'Going back from {{node}} to the photo needs {{size}} for maps, however it is cut into segments; at most {{limit}} are to be kept.',
      todo: 'Let the page keep more maps, take a smaller input, or look at a layer further in front.',
    },
    'too-many-weights': {
      what: 'The network has {{count}} weights: more than a page can copy.',
      todo: 'Choose a smaller network.',
    },
    failed: { what: 'The network could not be computed: {{message}}', todo: 'Change anything to try again.' },
  },
  layer: {
    invalid: {
      what: 'This layer has no output: {{message}}',
      todo: 'Take a smaller kernel_size or dilation, or more padding.',
    },
  },
  file: {
    'file-truncated': {
      what: '{{name}} ends early: part of it is missing.',
      todo: 'Copy or download it again, then open it here.',
    },
    'file-malformed': {
      what: '{{name}} is broken inside.',
      todo: 'Export it again, or take an earlier copy.',
    },
    'file-unsupported': {
      what: '{{name}} holds a version or a kind of number that this page does not read.',
      todo: 'Save arrays as float32, or open the file in a newer ConvScope.',
    },
    'file-unpacks-too-large': {
      what: '{{name}} would unpack to more than {{limit}} MB.',
      todo: 'Take a smaller experiment.',
    },
    'file-incomplete': {
      what: 'Something is missing in the file or does not fit: {{part}}.',
      todo: 'It must hold layer.json, weight.npy and bias.npy as ConvScope exports them.',
    },
    'file-not-loaded': {
      what: '{{part}} could not be loaded.',
      todo: 'Check the connection, then choose it again.',
    },
    'dataset-none': {
      what: 'No files have been added yet.',
      todo: 'Add IDX files as of MNIST, or CIFAR-10’s data_batch_*.bin.',
    },
    'dataset-unknown': {
      what: '{{name}} is no file of a data set that this page reads.',
      todo: 'Take IDX files as of MNIST, packed or not, or the binary version of CIFAR-10; unpack an archive (.tar.gz, .zip) first.',
    },
    'dataset-labels-missing': {
      what: 'The labels of {{name}} are missing.',
      todo: 'Add the file of labels (labels-idx1-ubyte) that belongs to it.',
    },
    'dataset-images-missing': {
      what: 'The images of {{name}} are missing.',
      todo: 'Add the file of images (images-idx3-ubyte) that belongs to it.',
    },
    'dataset-counts': {
      what: '{{name}} has {{images}} images, but {{other}} has {{labels}} labels.',
      todo: 'Take the two files of the same part of the data set.',
    },
    'dataset-twice': {
      what: '{{name}} and {{other}} are the same part of a data set.',
      todo: 'Remove one of them.',
    },
    'dataset-mixed': {
      what: '{{name}} and {{other}} are of two kinds of data sets.',
      todo: 'Remove the files of one.',
    },
    'dataset-sizes': {
      what: 'The images to learn from are {{train}}, those to test on {{test}}.',
      todo: 'Take both from the same data set.',
    },
    'dataset-small': {
      what: '{{name}} has {{count}} images of {{size}}: too few or too small to learn from and to test on.',
      todo: 'Take images of at least 4 × 4, several of each class.',
    },
    'dataset-cifar-length': {
      what: '{{name}} has {{bytes}} bytes: no whole number of CIFAR-10’s images of 3073 bytes.',
      todo: 'Take the binary version of CIFAR-10, or copy the file again.',
    },
    'own-file-gone': {
      what: '{{name}} is no longer kept in this browser.',
      todo: 'Add the file again.',
    },
    'weights-unknown': {
      what: '{{name}} is no file of weights that this page reads.',
      todo: 'Take safetensors or an npz of NumPy; PyTorch writes the first by safetensors.torch.save_file(network.state_dict(), name).',
    },
    'weights-not-finite': {
      what: '{{part}} in {{name}} holds a value that is infinite or no number.',
      todo: 'Take weights from before the training went wrong.',
    },
    'weights-none': {
      what: 'No file of weights has been chosen yet.',
      todo: 'Choose a safetensors or npz file, or let the seed draw the weights.',
    },
    'model-malformed': {
      what: '{{name}} is no TensorFlow.js model that can be read: {{where}} is not as the format says.',
      todo: 'Take the model.json that the converter wrote, with its files of weights.',
    },
    'model-operator': {
      what: '{{name}} has {{operator}} ({{node}}), which this page does not compute.',
      todo: 'Take a convolutional network without it.',
    },
    'model-attribute': {
      what: '{{name}}: {{node}} has something that this page does not compute: {{what}}.',
      todo: 'Take a model that was converted for TensorFlow.js, with channels last.',
    },
    'model-node': {
      what: '{{name}}: {{node}} cannot be applied: {{message}}',
      todo: 'Take a larger picture, or the model as it was converted.',
    },
    'model-weight': {
      what: '{{part}} is missing in {{name}}, or has other sizes than its layer.',
      todo: 'Take the model and its files of weights from the same place.',
    },
    'model-dtype': {
      what: '{{part}} in {{name}} holds {{dtype}}, which this page does not read.',
      todo: 'Convert with float32, float16, or quantised uint8 or uint16.',
    },
    'model-shard-missing': {
      what: 'The file of weights {{part}} is missing.',
      todo: 'Drop the JSON and all files of weights that belong to it together.',
    },
    'model-shard-length': {
      what: '{{part}} has {{got}} bytes where {{name}} says {{expected}}.',
      todo: 'Copy or download the files of weights again.',
    },
    'model-inputs': {
      what: '{{name}} reads {{count}} inputs; a network here reads one picture.',
      todo: 'Take a network of one picture.',
    },
    channels: {
      what: 'This experiment reads {{channels}} channels; a photo has 1 to 4.',
      todo: 'Take an experiment on a photo.',
    },
    filters: {
      what: 'This experiment has {{filters}} filters; this screen shows up to {{limit}}.',
      todo: 'Take one with fewer filters.',
    },
    'not-a-workspace': {
      what: '{{name}} is not a file that ConvScope wrote.',
      todo: 'Take a .convscope, .json or .npz file that ConvScope has exported.',
    },
    'newer-version': {
      what: '{{name}} was written by a newer ConvScope.',
      todo: 'Update this ConvScope, then open the file again.',
    },
    'link-unreadable': {
      what: 'This link is damaged: it holds no state that can be read.',
      todo: 'Ask for it again, complete; some programs cut long links.',
    },
    'link-newer': {
      what: 'This link was made by a newer ConvScope.',
      todo: 'Update this ConvScope, then open the link again.',
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
  /** What a file holds, where that is no format's own name. */
  found: { text: 'text', unknown: 'an unknown format' },
  unknown: { what: 'Something went wrong: {{code}}.', todo: 'Try again; reloading the page keeps your work.' },
} as const;
