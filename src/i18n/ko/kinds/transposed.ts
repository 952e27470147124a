import type { transposed as en } from '../../en/kinds/transposed.ts';
import type { Localised } from '../../localised.ts';

export const transposed: Localised<typeof en> = {
  direct: {
    title: '보통 합성곱으로 바꾸면',
    look: '픽셀에 닿은 칸만 값에 듭니다.',
    geometryHint:
      '픽셀 사이에 0을 stride − 1개, 둘레에 (유효 커널 − 1 − padding)개 둡니다(위와 왼쪽. 아래와 오른쪽에는 output_padding만큼 더). 그다음 stride 1로 합성곱합니다.',
    between: '사이: {{zeros}} = s−1',
    around: '둘레: {{padding}} = ke−1−p',
    met: '픽셀에 닿은 칸: {{taps}}칸 중 {{met}}칸',
    rows: '입력 {{rows}}행 × {{columns}}열',
    none: '픽셀에 닿은 칸이 없어 편향만 남습니다.',
    channel: '입력 채널',
    channelName: '채널 {{channel}}',
    stretched: '벌린 입력',
    kernel: '돌린 커널',
    sum: 'Σ = {{sum}}',
    stretchedLabel: '출력 {{y}}행 {{x}}열 둘레의 벌린 입력. 커널이 놓인 {{taps}}칸 중 {{met}}칸이 픽셀입니다.',
    kernelLabel: '입력 채널 {{channel}}에서 맵 {{map}}으로 가는 커널, 180° 돌림',
  },
  overlap: {
    title: '겹침',
    even: '안쪽 픽셀은 모두 곱 {{counts}}개를 더합니다. stride {{stride}}가 kernel {{kernel}}의 약수이기 때문입니다. 가중치는 고르지 않을 수 있습니다.',
    evenDilated:
      '안쪽 픽셀은 모두 곱 {{counts}}개를 더합니다. stride {{stride}}가 kernel {{kernel}}의 약수이고 dilation {{dilation}}과 공약수가 없기 때문입니다. 가중치는 고르지 않을 수 있습니다.',
    uneven:
      '바둑판무늬: 안쪽 픽셀이 곱 {{counts}}개를 번갈아 더합니다. stride {{stride}}가 kernel {{kernel}}의 약수가 아니기 때문입니다.',
    unevenDilated:
      '바둑판무늬: 안쪽 픽셀이 곱 {{counts}}개를 번갈아 더합니다. stride {{stride}}와 dilation {{dilation}}에 공약수가 있기 때문입니다.',
    zero: '0인 곳에는 편향만 남습니다.',
    remedy: '고르게: {{change}}',
    remedyHint: '커널을 stride의 다음 배수로 바꿉니다. 출력 크기는 되도록 그대로 둡니다',
    counts: '픽셀마다 더한 곱의 수',
    map: '맵 {{map}}, 같은 픽셀',
    countsLabel: '출력 {{top}}~{{bottom}}행, {{left}}~{{right}}열의 겹침 수. 고정한 값에서는 {{overlap}}.',
    mapLabel: '같은 픽셀에서 맵 {{map}}의 값',
  },
  others: {
    title: '맵 {{map}}, 다른 망으로',
    toUnit: '고정한 값으로 확대',
    whole: '전체 보기',
    figure: '전치 레이어의 맵 {{map}}, 그 겹침 수, 다른 망이 만든 같은 맵. 확대가 함께 움직입니다',
    overlap: '겹침 수',
    overlapRange: '곱 0~{{largest}}개',
    layer: '전치',
    direct: '보통 합성곱',
    pixelShuffle: '픽셀 셔플',
    resizeConvolve: '확대 후 합성곱',
    parametersHint: '레이어 전체의 파라미터: {{value}}개',
    macsHint: '레이어 전체의 곱셈-누산(MAC) 수, 0과 곱하는 것까지: {{value}}. 전치 레이어는 입력 크기로 셉니다.',
    difference: '|Δ| {{value}}',
    differenceHint: '전치 레이어의 맵과 모든 픽셀에서 비교한 가장 큰 |차이|, float32',
    another: '다른 맵, 고름',
    anotherHint: '다른 레이어라서 맵이 같지 않습니다. 대신 모든 픽셀이 같은 수의 곱을 더합니다',
    impossible: '불가능: stride {{stride}}이 서로 다름',
    tooLarge: '여기서 보이기에는 너무 큼: {{bytes}}',
    failed: '계산하지 못함: {{message}}',
    computing: '계산 중',
    legend: '파라미터 · 연산, |Δ|: 전치 맵과 가장 큰 차이',
    before: '활성화 함수 이전의 값입니다.',
  },
};
