import { describe, expect, it } from 'vitest';
import { byteCount, exactCount, measured, milliseconds, percent, siCount } from './format.ts';

const thin = '\u202f';

describe('printed numbers', () => {
  it('separates thousands by thin spaces from five digits on', () => {
    expect(exactCount(448)).toBe('448');
    expect(exactCount(1184)).toBe('1184');
    expect(exactCount(21308672)).toBe(`21${thin}308${thin}672`);
  });

  it('counts with SI prefixes and three digits', () => {
    expect(siCount(999)).toBe('999');
    expect(siCount(32878000)).toBe(`32.9${thin}M`);
    expect(siCount(1.85e9)).toBe(`1.85${thin}G`);
    expect(siCount(999999)).toBe(`1.00${thin}M`);
  });

  it('writes bytes in decimal units', () => {
    expect(byteCount(512)).toBe(`512${thin}B`);
    expect(byteCount(4870800)).toBe(`4.87${thin}MB`);
  });

  it('keeps 100 % and 0 % for what is exactly so', () => {
    expect(percent(1)).toBe(`100${thin}%`);
    expect(percent(0.99999)).toBe(`99.9${thin}%`);
    expect(percent(0.00001)).toBe(`0.1${thin}%`);
    expect(percent(0.9934)).toBe(`99.3${thin}%`);
  });

  it('writes measured values with at most four significant digits', () => {
    expect(measured(-0.81743)).toBe('\u22120.8174');
    expect(measured(0)).toBe('0');
    expect(measured(0.00001234)).toBe('1.23e\u22125');
    expect(measured(255)).toBe('255');
  });

  it('never shows a time of 0', () => {
    expect(milliseconds(0.001)).toBe(`<${thin}0.01`);
    expect(milliseconds(1.8234)).toBe('1.82');
    expect(milliseconds(1234.5)).toBe('1235');
  });
});
