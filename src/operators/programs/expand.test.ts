import { describe, expect, it } from 'vitest';
import { expand } from './expand.ts';
import { evaluate } from './expression.ts';

describe('evaluate', () => {
  it('follows the precedence of C, with floor division', () => {
    expect(evaluate('1 + 2 * 3', {})).toBe(7);
    expect(evaluate('(1 + 2) * 3 % 4', {})).toBe(1);
    expect(evaluate('7 / 2', {})).toBe(3);
    expect(evaluate('P*S + ky', { P: 4, S: 2, ky: 3 })).toBe(11);
  });

  it('gives 1 or 0 for comparisons and logic', () => {
    expect(evaluate('A >= 2 && !B', { A: 2, B: 0 })).toBe(1);
    expect(evaluate('A == 1 || B != 0', { A: 2, B: 0 })).toBe(0);
  });

  it('names what it does not know', () => {
    expect(() => evaluate('Q + 1', {})).toThrow('unknown name "Q"');
    expect(() => evaluate('1 +', {})).toThrow('cannot evaluate');
    expect(() => evaluate('1 2', {})).toThrow('cannot evaluate "1 2" at "2"');
  });
});

describe('expand', () => {
  it('writes a loop body once per integer, with names and expressions put in', () => {
    const text = expand('//#for j in 0..P\nlet a_$j_$(j*2+1) = $P;\n//#end', { P: 2 }, {});
    expect(text).toBe('let a_0_1 = 2;\nlet a_1_3 = 2;');
  });

  it('nests loops and chooses branches', () => {
    const source = '//#for j in 0..2\n//#for v in j..2\n//#if j == v\nd$j\n//#else\n$j$v\n//#end\n//#end\n//#end';
    expect(expand(source, {}, {})).toBe('d0\n01\nd1');
  });

  it('keeps parentheses inside an expression', () => {
    expect(expand('x[$((2+1)*S)]', { S: 2 }, {})).toBe('x[6]');
  });

  it('includes a snippet once, however often it is asked for', () => {
    const snippets = { lib: 'fn f() {}', other: '//#include lib\nfn g() {}' };
    expect(expand('//#include lib\n//#include other', {}, snippets)).toBe('fn f() {}\nfn g() {}');
  });

  it('refuses unknown snippets, unknown directives and unclosed blocks', () => {
    expect(() => expand('//#include none', {}, {})).toThrow('no snippet named none');
    expect(() => expand('//#loop', {}, {})).toThrow('unexpected //#loop');
    expect(() => expand('//#for j in 0..2\nx', {}, {})).toThrow('missing //#end');
    expect(() => expand('//#for 2 in x\n//#end', {}, {})).toThrow('expected "for NAME in A..B"');
  });
});
