// Walks from what is selected to everything that belongs to it: nodes, values, lines of the text.

import type { Difference, Finding, Picture, Shape } from '../core/types';
import type { Stretch } from '../editor/linked';
import type { Row } from '../panel/tree';
import { offsetAt } from './position';
import { ofShape, type Selection, shapeNamed, shapes, stretchesOf } from './selection.svelte';

/** What is looked at: the picture, and the text it was drawn from. */
export interface Drawn {
  picture: Picture;
  text: string;
}

/** Where a walk leads, besides what it lights. */
export interface Walk {
  /** Lines to mark. */
  stretches: Stretch[];
  /** A node to bring into sight. */
  node?: string;
}

export function toShape(selection: Selection, { text }: Drawn, shape: Shape): Walk {
  selection.lit = ofShape(shape);
  selection.node = shape.id;
  return { stretches: stretchesOf(shape, text) };
}

export function toRow(selection: Selection, { picture, text }: Drawn, row: Row): Walk {
  const { key, origin } = row;
  if (key === undefined) return { stretches: [] };
  const holds = (value: string): boolean => value === key || key.startsWith(`${value} `);
  const found = shapes(picture).filter((shape) => [...ofShape(shape).values].some(holds));
  selection.node = undefined;
  selection.lit = { nodes: new Set(found.map((shape) => shape.id)), values: new Set([key]) };
  const [first] = found;
  const node = first === undefined ? {} : { node: first.id };
  if (origin?.line === undefined || origin.column === undefined) return { stretches: [], ...node };
  const from = offsetAt(text, origin.line, origin.column);
  const end = text.indexOf('\n', from);
  return { stretches: [{ from, to: end < 0 ? text.length : end }], ...node };
}

export function toFinding(selection: Selection, { picture }: Drawn, finding: Finding): Walk {
  const index = picture.findings.indexOf(finding);
  const nodes = shapes(picture).filter((shape) => shape.findings?.some((found) => found.finding === index));
  selection.node = undefined;
  selection.lit = { nodes: new Set(nodes.map((shape) => shape.id)), values: new Set() };
  const { range } = finding;
  const [first] = nodes;
  return {
    stretches: range === undefined ? [] : [{ from: range.start, to: range.end }],
    ...(first === undefined ? {} : { node: first.id }),
  };
}

export function toDifference(selection: Selection, drawn: Drawn, difference: Difference): Walk {
  const key = `${difference.gateway} ${difference.resource}`;
  const own = shapes(drawn.picture).find((one) => ofShape(one).values.has(key));
  const shape = own ?? shapeNamed(drawn.picture, difference.gateway);
  return shape === undefined ? { stretches: [] } : { ...toShape(selection, drawn, shape), node: shape.id };
}
