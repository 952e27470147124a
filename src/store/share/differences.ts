/** Nested records written as what differs from a known one. */
import { type Fields, fieldsOf } from '../fields.ts';

/** The fields of `value` that differ from `base`, recursively; undefined when none does. */
export function differences(value: unknown, base: unknown): unknown {
  const fields = fieldsOf(value);
  const baseFields = fieldsOf(base);
  if (!fields || !baseFields) return JSON.stringify(value) === JSON.stringify(base) ? undefined : value;
  const changed = Object.keys(fields)
    .map((key) => [key, differences(fields[key], baseFields[key])] as const)
    .filter(([, difference]) => difference !== undefined);
  return changed.length === 0 ? undefined : Object.fromEntries(changed);
}

/** `base` with the differences put back. */
export function withDifferences(base: unknown, difference: unknown): unknown {
  if (difference === undefined) return base;
  const fields = fieldsOf(difference);
  const baseFields = fieldsOf(base);
  if (!fields || !baseFields) return difference;
  const merged: Fields = { ...baseFields, ...fields };
  return Object.fromEntries(Object.keys(merged).map((key) => [key, withDifferences(baseFields[key], fields[key])]));
}
