/** What can be taken home of Train. */
export const trainingFiles = [
  'safetensors',
  'npz',
  'curves',
  'curvesSvg',
  'matricesPng',
  'matricesSvg',
  'matrices',
  'animationTraining',
  'animationGroups',
] as const;
export type TrainingFile = (typeof trainingFiles)[number];
