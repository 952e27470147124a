import type { notices as en } from '../en/notices.ts';
import type { Localised } from '../localised.ts';

export const notices: Localised<typeof en> = {
  moved:
    '레이어가 성립하도록 {{attribute, josa(particle: 이/가)}} {{from}}에서 {{to, josa(particle: 으로/로)}} 함께 바뀌었습니다.',
  copied: '복사했습니다.',
  restored: '상태를 되살렸습니다.',
  opened: '{{name, josa(particle: 을/를)}} 열었습니다. 실행 취소하면 전 상태로 돌아갑니다.',
  'photo-not-shared':
    '링크에 사진 {{name, josa(particle: 은/는)}} 들어 있지 않습니다. 사진은 주인의 브라우저에만 남으므로 예시 사진으로 대신합니다.',
  frozen: '이 장면을 사진으로 씁니다.',
};
