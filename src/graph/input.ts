/** How a picture becomes the input tensor of a graph: which channels it gives and what its byte values become. */

/** How the photo's pixels become input channels; the number of letters is `in_channels`. */
export const channelChoices = ['rgb', 'grey', 'r', 'g', 'b', 'grey-alpha', 'rgba'] as const;
export type ChannelChoice = (typeof channelChoices)[number];

/** What byte values 0..255 become: 'unit' [0, 1], 'signed' [-1, 1], 'byte' 0..255, 'imagenet' (v/255 - mean) / std. */
export const valueRanges = ['unit', 'signed', 'byte', 'imagenet'] as const;
export type ValueRange = (typeof valueRanges)[number];
