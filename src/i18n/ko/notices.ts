import type { notices as en } from '../en/notices.ts';
import type { Localised } from '../localised.ts';

export const notices: Localised<typeof en> = {
  moved:
    '레이어가 성립하도록 {{attribute, josa(particle: 이/가)}} {{from}}에서 {{to, josa(particle: 으로/로)}} 함께 바뀌었습니다.',
  copied: '복사했습니다.',
  restored: '상태를 되살렸습니다.',
  opened: '{{name, josa(particle: 을/를)}} 열었습니다. 실행 취소하면 전 상태로 돌아갑니다.',
  frozen: '이 장면을 사진으로 씁니다.',
};
