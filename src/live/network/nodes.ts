/** The node that stands for the picture, in every network. */
export const pictureNode = 'input';
