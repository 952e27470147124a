/**
 * Korean particles after an interpolated word: `{{name, josa(particle: 을/를)}}`. The form depends on whether the word, as it is
 * spoken, ends in a consonant. es-hangul knows Hangul; numbers and the English names of attributes are first put into Hangul here.
 */
import { josa } from 'es-hangul';

type Particle = Parameters<typeof josa.pick>[1];

/** How the attribute names, which stay English in Korean text too, are read aloud. Only the last word matters. */
const spokenNames: Readonly<Record<string, string>> = {
  kernel_size: '사이즈',
  stride: '스트라이드',
  padding: '패딩',
  dilation: '딜레이션',
  groups: '그룹스',
  out_channels: '채널스',
  in_channels: '채널스',
  padding_mode: '모드',
  bias: '바이어스',
  height: '하이트',
  width: '위드스',
  top: '톱',
  bottom: '보텀',
  left: '레프트',
  right: '라이트',
  activation: '액티베이션',
};
const spokenDigits = ['영', '일', '이', '삼', '사', '오', '육', '칠', '팔', '구'];
/** Letters whose Korean names end in a consonant: 엘, 엠, 엔, 알. */
const closedLetters = /[lmnr]$/i;

/** Some Hangul that ends as the spoken word does. */
function spoken(word: string): string {
  const last = word.trim().split(/\s+/).at(-1) ?? '';
  const name = spokenNames[last];
  if (name) return name;
  const end = last.replace(/[^\p{L}\p{N}]+$/u, '');
  const digit = /\d$/.exec(end);
  if (digit) return /[1-9]0$/.test(end) ? '십' : (spokenDigits[Number(digit[0])] ?? '일');
  if (/[가-힣]$/.test(end)) return end;
  return closedLetters.test(end) ? '알' : '이';
}

/** The word with the right form of the particle: `withJosa('padding', '을/를')` is 'padding을'. */
export function withJosa(word: string, particle: Particle): string {
  return word + josa.pick(spoken(word), particle);
}
