// The two sides of a difference, as short as they can be told. What differs is core's word.

import type { Difference } from '../core/types';

export interface Sides {
  /** Lines to show; none when the profile plans nothing of it. */
  gwchain: string[];
  awsLbc: string[];
  /** Items of both lists that are left away. */
  same: number;
}

/** Of two lists the items that are in one only, an item a line. */
export function sides({ gwchain, awsLbc }: Pick<Difference, 'gwchain' | 'awsLbc'>): Sides {
  const [ours, theirs] = [items(gwchain), items(awsLbc)];
  const whole = { gwchain: gwchain === null ? [] : [gwchain], awsLbc: awsLbc === null ? [] : [awsLbc], same: 0 };
  if (ours === undefined || theirs === undefined) return whole;
  const [left, right] = [without(ours, theirs), without(theirs, ours)];
  // The same items in another order: the order is the difference.
  if (left.length === 0 && right.length === 0) return whole;
  return { gwchain: left, awsLbc: right, same: ours.length - left.length };
}

function items(json: string | null): string[] | undefined {
  if (json === null || !json.startsWith('[')) return undefined;
  try {
    const value: unknown = JSON.parse(json);
    return Array.isArray(value) ? value.map((item) => JSON.stringify(item)) : undefined;
  } catch {
    return undefined;
  }
}

function without(all: readonly string[], others: readonly string[]): string[] {
  const left = [...others];
  return all.filter((item) => {
    const at = left.indexOf(item);
    if (at >= 0) left.splice(at, 1);
    return at < 0;
  });
}
