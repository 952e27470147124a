import type { help as en } from '../en/help.ts';
import type { Localised } from '../localised.ts';

export const help: Localised<typeof en> = {
  title: '도움말',
  intro:
    '합성곱 레이어는 작은 커널 하나를 사진 위에서 조금씩 옮깁니다. 자리마다 커널 아래의 픽셀과 커널의 수를 곱해 모두 더하고, 그 합이 응답 맵의 픽셀 하나가 됩니다.',
  counting: '맵, 필터, 채널, 행, 열의 번호는 PyTorch·NumPy와 내보낸 파일에서처럼 0부터 시작합니다.',
  try: '이렇게 해 보세요',
  try1: 'stride를 끌어 보세요. 들르는 자리가 줄어 맵이 작아집니다.',
  try2: '맵을 가리켜 보세요. 그 값 하나가 본 곳이 사진에 나타납니다.',
  try3: '맵을 눌러 보세요. 그 값의 계산이 아래에 모두 적힙니다.',
  try4: '커널의 칸을 고쳐 보세요. 맵이 바로 따라 바뀝니다.',
  touch: '손가락으로',
  touches: {
    pin: '사진이나 맵을 누르면 그 값이 고정되고, 맵 이름을 누르면 크게 열립니다.',
    zoom: '두 손가락으로 사진과 맵을 함께 확대하고 옮깁니다. 눈금 옆의 버튼을 누르면 다시 전체가 보입니다.',
    cell: '커널의 칸을 누르면 선택되고 다시 누르면 입력합니다. 선택한 칸을 위아래로 끌면 값이 바뀝니다.',
    sheet: '설정 위의 손잡이로 높이를 바꿉니다.',
  },
  shortcuts: '단축키',
  keys: {
    pin: '사진과 맵에서: 고정한 자리와 윈도 옮기기',
    pinFar: '사진과 맵에서: 10칸씩',
    pinEnds: '맵에서: 첫 열로, 마지막 열로',
    map: '맵에서: 이전 맵, 다음 맵',
    open: '맵에서: 맵을 크게 열기',
    zoom: '사진과 맵에서: 확대, 축소, 전체 보기. 휠(스크롤되는 곳에서는 Ctrl과 함께), 두 손가락, 두 번 누르기로도 되고 끌면 움직입니다',
    escape: '열린 것 닫기, 슬라이딩 윈도 끝내기, 편집 되돌리기',
    cell: '커널 칸에서: 숫자 입력. 화살표로 칸을 옮깁니다',
    cellEnds: '커널 칸에서: 행의 양 끝, 열의 양 끝으로',
    cellStep: '커널 칸에서: 한 단계 위로, 아래로, 0으로',
    filters: '필터 줄에서: 이전, 다음, 처음, 마지막 필터',
    slider: '슬라이더에서: 한 단계, 범위의 10분의 1, 양 끝',
    field: '숫자 칸에서: 한 단계씩, 다섯 단계씩',
    code: '코드 줄에서: 적용하기, 줄 바꾸기, 되돌리기',
    brush: '그리는 동안: 붓 옮기기(Shift와 함께 1픽셀씩), 칠하기',
  },
  colours: '색의 뜻',
  colourInput: '사진, 입력',
  colourWeights: '학습되는 수: 커널, 편향',
  colourMaps: '응답 맵',
  colourField: '수용 영역',
  credits: '출처',
  photos:
    '예시 사진: Stéfan van der Walt, Rachel Michetti, Lav Varshney, NASA, SpaceX, CC0Textures, public-domain-image.com, Getty Open Content (CC0 또는 퍼블릭 도메인).',
  models:
    '학습된 필터: Google BlazeFace와 PoseNet (Apache-2.0), Davis King의 얼굴 신경망 (퍼블릭 도메인), Kevin Scott의 ESRGAN-slim (MIT).',
  fonts: '글꼴: Pretendard, JetBrains Mono (SIL OFL 1.1). 아이콘: Lucide (ISC).',
  privacy: '사진은 이 브라우저 밖으로 나가지 않습니다. 서버도 계정도 없습니다.',
};
