// The plan document as rows of a tree. What a value means and where it comes from is core's word.

import { subjectOf } from '../state/selection.svelte';

/** Why a value is what it is, as in docs/plan.md. */
export interface Origin {
  object?: string;
  path?: string;
  file?: string;
  line?: number;
  column?: number;
  default?: string;
  rule?: string;
  want?: string;
}

export interface PlanDocument {
  stacks: {
    gateway: string;
    loadBalancerType: string;
    dependsOn: string[];
    resources: { type: string; id: string; spec: Record<string, unknown>; origins: Record<string, Origin> }[];
  }[];
  blocked: { gateway: string; reason: string; message: string }[];
  wants: { text: string }[];
  summary: Record<string, unknown>;
}

/** A row. */
export interface Row {
  id: string;
  level: number;
  label: string;
  /** What stands beside the label. */
  value: string;
  kind: 'stack' | 'resource' | 'group' | 'value' | 'pending' | 'reference' | 'problem';
  /** Whether it opens, and is open. */
  open: boolean | undefined;
  position: number;
  of: number;
  origin?: Origin | undefined;
  /** As in a selection's values: `gateway type id`, and the field of `origins`. */
  key?: string;
  /** What `explain` calls it. */
  subject?: string;
}

interface Place {
  gateway: string;
  key: string;
  id: string;
  origins: Record<string, Origin>;
  subject: string | undefined;
}

/** Rows of `plan` whose parents are open; stacks are open unless `toggled`, everything else is closed. */
export function rows(plan: PlanDocument, toggled: ReadonlySet<string>): Row[] {
  const out: Row[] = [];
  const all = plan.stacks.length + plan.blocked.length;
  plan.stacks.forEach((stack, index) => {
    const id = `s${index}`;
    const open = !toggled.has(id);
    const after = stack.dependsOn.length === 0 ? '' : `, after ${stack.dependsOn.join(', ')}`;
    const value = `${stack.loadBalancerType === 'network' ? 'NLB' : 'ALB'}${after}`;
    out.push({ id, level: 1, label: stack.gateway, value, kind: 'stack', open, position: index + 1, of: all });
    if (open) stack.resources.forEach((_, at) => resource(out, stack, at, id, toggled));
  });
  plan.blocked.forEach((blocked, index) => {
    const position = plan.stacks.length + index + 1;
    const { gateway, message } = blocked;
    out.push({ id: `b${index}`, level: 1, label: gateway, value: message, kind: 'problem', open: undefined, position, of: all });
  });
  return out;
}

/** Rows that must be open for the value of `key` to be seen. */
export function parentsOf(plan: PlanDocument, key: string): string[] {
  for (const [index, stack] of plan.stacks.entries()) {
    for (const [at, found] of stack.resources.entries()) {
      const own = `${stack.gateway} ${found.type} ${found.id}`;
      if (key === own) return [`s${index}`];
      if (!key.startsWith(`${own} `)) continue;
      const steps = key.slice(own.length + 1).split('.').slice(0, -1);
      const inner = steps.map((_, end) => `s${index}.${at}.${steps.slice(0, end + 1).join('.')}`);
      return [`s${index}`, `s${index}.${at}`, ...inner];
    }
  }
  return [];
}

function resource(out: Row[], stack: PlanDocument['stacks'][number], at: number, parent: string, toggled: ReadonlySet<string>): void {
  const found = stack.resources[at];
  if (found === undefined) return;
  const id = `${parent}.${at}`;
  const open = toggled.has(id);
  const place: Place = {
    gateway: stack.gateway,
    key: `${stack.gateway} ${found.type} ${found.id}`,
    id,
    origins: found.origins,
    subject: subjectOf({ gateway: stack.gateway, type: found.type, id: found.id }),
  };
  const label = found.type.split('::').at(-1) ?? found.type;
  const common = { position: at + 1, of: stack.resources.length, key: place.key };
  out.push({ id, level: 2, label, value: found.id, kind: 'resource', open, ...common });
  if (open) fields(out, place, found.spec, '', 3, toggled);
}

function fields(out: Row[], place: Place, value: object, path: string, level: number, toggled: ReadonlySet<string>): void {
  const entries = Object.entries(value);
  entries.forEach(([name, inner], index) => {
    const isItem = Array.isArray(value);
    const own = isItem ? `${path}[${name}]` : path === '' ? name : `${path}.${name}`;
    const shown = leaf(inner);
    const origin = originOf(place.origins, own);
    const id = `${place.id}.${own}`;
    const open = shown === undefined ? toggled.has(id) : undefined;
    const kind = shown?.kind ?? 'group';
    const label = isItem ? `[${name}]` : name;
    out.push({
      id,
      level,
      label,
      value: shown?.text ?? preview(inner),
      kind,
      open,
      position: index + 1,
      of: entries.length,
      ...(origin === undefined ? {} : { origin: origin.origin, key: `${place.key} ${origin.field}` }),
      ...(place.subject === undefined || own.includes('[') ? {} : { subject: `${place.subject}${own}` }),
    });
    if (open === true) fields(out, place, inner as object, own, level + 1, toggled);
  });
}

/** The origin of a field, else that of the field it lies in. */
export function originOf(origins: Record<string, Origin>, path: string): { field: string; origin: Origin } | undefined {
  for (let field = path; field !== ''; field = field.slice(0, Math.max(field.lastIndexOf('.'), field.lastIndexOf('['), 0))) {
    const origin = Object.hasOwn(origins, field) ? origins[field] : undefined;
    if (origin !== undefined) return { field, origin };
  }
  return undefined;
}

function leaf(value: unknown): { text: string; kind: Row['kind'] } | undefined {
  if (typeof value !== 'object' || value === null) return { text: String(value), kind: 'value' };
  const entries = Object.entries(value);
  const [only] = entries;
  if (only === undefined) return { text: Array.isArray(value) ? 'none' : '{}', kind: 'value' };
  if (entries.length > 1 || typeof only[1] !== 'string') return undefined;
  if (only[0] === 'pending') return { text: only[1], kind: 'pending' };
  return only[0] === '$ref' ? { text: only[1].split('/').slice(-2).join(' '), kind: 'reference' } : undefined;
}

/** Short text for what is closed. */
function preview(value: unknown): string {
  if (Array.isArray(value)) return value.length === 1 ? '1 item' : `${value.length} items`;
  return Object.keys(value as object).join(', ');
}

/** An origin in a few words. */
export function originText(origin: Origin): string {
  if (origin.path !== undefined) {
    const path = origin.path === '' ? (origin.object ?? '') : origin.path;
    return origin.line === undefined ? path : `line ${origin.line}  ${path}`;
  }
  if (origin.default !== undefined) return `default: ${origin.default}`;
  if (origin.rule !== undefined) return origin.rule;
  return origin.want === undefined ? '' : 'known at deployment';
}
