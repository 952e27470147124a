/** What can be taken home of Train. */
export type TrainingFile =
  | 'safetensors'
  | 'npz'
  | 'curves'
  | 'curvesSvg'
  | 'matricesPng'
  | 'matricesSvg'
  | 'matrices'
  | 'animationTraining'
  | 'animationGroups';
