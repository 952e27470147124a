/** Whether this document is a figure in somebody else's page (`embed.html`): there the page around it scrolls, and nothing is kept. */
export const isEmbedded = (): boolean => document.documentElement.dataset.embedded !== undefined;
