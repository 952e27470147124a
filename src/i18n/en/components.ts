/** What the shared controls say of themselves. */
export const components = {
  slider: '{{name}} slider',
  decrease: 'less {{name}}',
  increase: 'more {{name}}',
  clamped: '{{name}} can be {{min}} to {{max}} here: set to {{value}}.',
  wholeNumber: '{{name}} takes whole numbers: set to {{value}}.',
  notAllowed: '{{name}} can be {{allowed}} here: set to {{value}}.',
  inLibraries: 'In code: {{names}}',
  close: 'Close',
  dismiss: 'Dismiss',
  sheetHandle: 'Height of the controls',
  sheetLow: 'low',
  sheetMiddle: 'middle',
  sheetHigh: 'high',
  loading: 'Loading',
} as const;
