/** The learned layers for which substitutes are fitted, by network and by the layer's name there; first layers are `conv0` and `F_m1`. */
export const learnedLayerNames = [
  'esrgan/GFF_2',
  'esrgan/UPN1',
  'esrgan/F_0',
  'posenet/pw2',
  'posenet/pw3',
  'blazeface/pw7',
  'blazeface/pw9',
  'blazeface/conv0',
  'posenet/conv0',
  'face/conv0',
  'esrgan/F_m1',
] as const;
export type LearnedLayerName = (typeof learnedLayerNames)[number];
