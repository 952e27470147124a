/** The attributes of an ONNX node by type, with their defaults. */
import { OnnxError } from './error.ts';
import type { OnnxNode } from './model.ts';

export function numberOf(node: OnnxNode, name: string, otherwise: number): number {
  const value = node.attributes[name];
  if (value === undefined) return otherwise;
  if (typeof value !== 'number') throw new OnnxError('damaged', `${node.operator}: attribute ${name} is no number`);
  return value;
}

export function textOf(node: OnnxNode, name: string, otherwise: string): string {
  const value = node.attributes[name];
  if (value === undefined) return otherwise;
  if (typeof value !== 'string') throw new OnnxError('damaged', `${node.operator}: attribute ${name} is no text`);
  return value;
}

export function listOf(node: OnnxNode, name: string): readonly number[] | null {
  const value = node.attributes[name];
  if (value === undefined) return null;
  if (typeof value === 'number' || typeof value === 'string' || !('length' in value))
    throw new OnnxError('damaged', `${node.operator}: attribute ${name} is no list of numbers`);
  return value;
}
