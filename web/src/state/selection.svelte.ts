// What is selected, and what belongs to it: nodes, values of the plan, stretches of the text. Core's links say what does.

import type { Graph, Link, Picture, ResourceRef, Shape } from '../core/types';
import { offsetAt } from './position';

/** Something selected, wherever it was selected. */
export interface Lit {
  nodes: ReadonlySet<string>;
  /** `gateway type id`, and with a field `gateway type id field`. */
  values: ReadonlySet<string>;
}

const NOTHING: Lit = { nodes: new Set(), values: new Set() };

export class Selection {
  lit = $state.raw<Lit>(NOTHING);
  /** The node that was chosen last. */
  node = $state<string | undefined>(undefined);

  clear(): void {
    this.lit = NOTHING;
    this.node = undefined;
  }
}

export function resourceKey(resource: ResourceRef): string {
  return `${resource.gateway} ${resource.type} ${resource.id}`;
}

/** What belongs to the text at `offset`: the smallest stretch around it that makes something. */
export function atOffset(picture: Picture, offset: number): Lit {
  const link = innermost(picture.links, offset);
  if (link === undefined) return NOTHING;
  const values = new Set<string>();
  const keys = new Set<string>();
  for (const [stack, position, field] of link.values) {
    const resource = picture.stacks[stack]?.[position];
    if (resource === undefined) continue;
    const key = resourceKey(resource);
    keys.add(key);
    values.add(field === '' ? key : `${key} ${field}`);
  }
  const nodes = new Set<string>();
  for (const shape of shapes(picture)) {
    if (shape.resources?.some((resource) => keys.has(resourceKey(resource)))) nodes.add(shape.id);
  }
  return { nodes, values };
}

/** Links are sorted by place; those around an offset nest. */
export function innermost(links: readonly Link[], offset: number): Link | undefined {
  let best: Link | undefined;
  for (const link of links) {
    if (link.start > offset) break;
    if (link.end >= offset && (best === undefined || link.end - link.start <= best.end - best.start)) best = link;
  }
  return best;
}

/** Stretches of `text` that a node or frame comes from. */
export function stretchesOf(shape: Shape, text: string): { from: number; to: number }[] {
  return (shape.origins ?? []).flatMap(({ location }) =>
    location === undefined
      ? []
      : [
          {
            from: offsetAt(text, location.line, location.column),
            to: offsetAt(text, location.endLine, location.endColumn),
          },
        ],
  );
}

/** What belongs to a node. */
export function ofShape(shape: Shape): Lit {
  return { nodes: new Set([shape.id]), values: new Set((shape.resources ?? []).map(resourceKey)) };
}

/** Nodes and frames. */
export function shapes(picture: Picture): Shape[] {
  return [...picture.graph.nodes, ...picture.graph.groups];
}

export function shapeNamed(picture: Picture | undefined, id: string): Shape | undefined {
  return picture === undefined ? undefined : shapes(picture).find((shape) => shape.id === id);
}

/** The nodes that stand for `ids`: they themselves, or those that they are folded into. */
export function passed(graph: Graph, ids: readonly string[]): Set<string> {
  const wanted = new Set(ids);
  const isPassed = graph.nodes.filter((node) => wanted.has(node.id) || (node.members ?? []).some((id) => wanted.has(id)));
  return new Set(isPassed.map((node) => node.id));
}

/** How `explain` asks for a field of a resource (docs/explain.md), up to the field. */
export function subjectOf({ gateway, type, id }: ResourceRef): string | undefined {
  const places: Record<string, string> = {
    LoadBalancer: '',
    SecurityGroup: 'securityGroup.',
    Listener: `listeners[${id}].`,
    ListenerRule: `rules[${id}].`,
    TargetGroup: `targetGroups[${id}].`,
    TargetGroupBinding: `bindings[${id}].`,
  };
  const place = places[type.split('::').at(-1) ?? ''];
  return place === undefined ? undefined : `${gateway}.${place}`;
}
