/** The page's colours (`ui/theme/tokens.css`) for figures. `paper`, the light theme, is what is printed; `slate` is for dark pages. */
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
  fieldInk: '#bf341c',
} as const;

export type FigureColours = Readonly<Record<keyof typeof paper, string>>;

export const slate: FigureColours = {
  background: '#16191e',
  ink: '#e7e9ec',
  muted: '#a3a9b2',
  line: '#292e36',
  edge: '#3a414b',
  input: '#7aa5ff',
  weights: '#f0b429',
  weightsInk: '#f0b429',
  maps: '#737a85',
  field: '#ff7357',
  fieldInk: '#ff8a72',
};
