/** The page's colours in the light theme (`ui/theme/tokens.css`): a figure is for paper, whatever the screen. */
export const paper = {
  background: '#ffffff',
  ink: '#1b1d20',
  muted: '#5c6168',
  line: '#e2e2dc',
  edge: '#cfcfc8',
  input: '#2c66d9',
  weights: '#f0b429',
  weightsInk: '#8a5a00',
  maps: '#8f949b',
  field: '#d9442b',
} as const;
