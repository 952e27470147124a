/** The question before the reader is loaded: is the pasted text a layer at all? */

/** True where a pasted text means to be a layer, and not a word or a number for the field it was pasted into. */
export function looksLikeLayer(text: string): boolean {
  return (
    /\b(\w*Conv\w*|LocallyConnected2D|ChannelShuffle|Linear|Dense|unfold|make_node)\s*[([<]/.test(text) ||
    /\bkernel_shape\b["']?\s*[:=]/.test(text)
  );
}
