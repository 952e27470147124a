import type { components as en } from '../en/components.ts';
import type { Localised } from '../localised.ts';

export const components: Localised<typeof en> = {
  slider: '{{name}} 슬라이더',
  decrease: '{{name}} 줄이기',
  increase: '{{name}} 늘리기',
  clamped:
    '지금 {{name, josa(particle: 은/는)}} {{min}}~{{max}}만 가능해서 {{value, josa(particle: 으로/로)}} 맞췄습니다.',
  wholeNumber: '{{name, josa(particle: 은/는)}} 정수여야 해서 {{value, josa(particle: 으로/로)}} 맞췄습니다.',
  notAllowed:
    '지금 {{name, josa(particle: 은/는)}} {{allowed}} 중 하나여야 해서 {{value, josa(particle: 으로/로)}} 맞췄습니다.',
  inLibraries: '코드에서: {{names}}',
  close: '닫기',
  dismiss: '닫기',
  sheetHandle: '설정 패널 높이',
  sheetLow: '낮게',
  sheetMiddle: '중간',
  sheetHigh: '높게',
  loading: '불러오는 중',
};
