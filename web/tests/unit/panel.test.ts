import { describe, expect, it } from 'vitest';

import type { Step, TraceDocument } from '../../src/core/types';
import { fit, neighbour, reveal, zoom } from '../../src/graph/viewport';
import { blocks, inline } from '../../src/panel/markdown';
import { answerText, shown } from '../../src/panel/steps';
import { originOf, parentsOf, type PlanDocument, rows } from '../../src/panel/tree';
import { sides } from '../../src/panel/sides';

const plan: PlanDocument = {
  stacks: [
    {
      gateway: 'a/b',
      loadBalancerType: 'application',
      dependsOn: ['a/c'],
      resources: [
        {
          type: 'AWS::ElasticLoadBalancingV2::TargetGroup',
          id: 'tg',
          spec: { name: { pending: 'later' }, healthCheckConfig: { port: 'traffic-port' }, list: [{ $ref: '#/resources/X/y/status/arn' }] },
          origins: { healthCheckConfig: { default: 'd' }, name: { rule: 'r' } },
        },
      ],
    },
  ],
  blocked: [{ gateway: 'a/z', reason: 'Invalid', message: 'why' }],
  wants: [],
  summary: {},
};

describe('sides of a difference', () => {
  it('leave away what lists have in common', () => {
    expect(sides({ gwchain: '[{"a":1},2,2]', awsLbc: '[2,{"a":1}]' })).toEqual({ gwchain: ['2'], awsLbc: [], same: 2 });
    expect(sides({ gwchain: '[1,2]', awsLbc: '[2,1]' })).toEqual({ gwchain: ['[1,2]'], awsLbc: ['[2,1]'], same: 0 });
    expect(sides({ gwchain: '[broken', awsLbc: null })).toEqual({ gwchain: ['[broken'], awsLbc: [], same: 0 });
  });
});

describe('the tree', () => {
  it('shows stacks and resources, and what is open below', () => {
    expect(rows(plan, new Set()).map((row) => [row.level, row.label, row.value])).toEqual([
      [1, 'a/b', 'ALB, after a/c'],
      [2, 'TargetGroup', 'tg'],
      [1, 'a/z', 'why'],
    ]);
    const open = rows(plan, new Set(['s0.0', 's0.0.healthCheckConfig', 's0.0.list']));
    expect(open.slice(2, 7).map((row) => [row.level, row.label, row.value, row.kind])).toEqual([
      [3, 'name', 'later', 'pending'],
      [3, 'healthCheckConfig', 'port', 'group'],
      [4, 'port', 'traffic-port', 'value'],
      [3, 'list', '1 item', 'group'],
      [4, '[0]', 'status arn', 'reference'],
    ]);
    expect(open[4]).toMatchObject({ subject: 'a/b.targetGroups[tg].healthCheckConfig.port', key: 'a/b AWS::ElasticLoadBalancingV2::TargetGroup tg healthCheckConfig' });
  });

  it('knows which rows lead to a value', () => {
    const key = 'a/b AWS::ElasticLoadBalancingV2::TargetGroup tg';
    expect(parentsOf(plan, key)).toEqual(['s0']);
    expect(parentsOf(plan, `${key} healthCheckConfig.port`)).toEqual(['s0', 's0.0', 's0.0.healthCheckConfig']);
    expect(parentsOf(plan, 'x')).toEqual([]);
  });

  it('takes the origin of the field around', () => {
    expect(originOf({ a: { rule: 'x' } }, 'a.b[0].c')?.field).toBe('a');
    expect(originOf({ a: { rule: 'x' } }, 'constructor')).toBeUndefined();
  });
});

describe('the viewport', () => {
  const frame = { width: 1000, height: 500 };
  it('fits small pictures whole and large ones readably', () => {
    expect(fit({ width: 968, height: 400 }, frame, 0, false).scale).toBe(1);
    expect(fit({ width: 5000, height: 20000 }, frame, 100, false)).toEqual({ x: 16, y: 16, scale: 0.5 });
    expect(fit({ width: 5000, height: 20000 }, frame, 10000, false)).toEqual({ x: 16, y: 250 - 5000, scale: 0.5 });
    expect(fit({ width: 5000, height: 2000 }, frame, 0, true).scale).toBeLessThan(0.2);
  });

  it('zooms around a point and moves as little as it must', () => {
    const view = zoom({ x: 0, y: 0, scale: 1 }, 2, { x: 100, y: 50 });
    expect(view).toEqual({ x: -100, y: -50, scale: 2 });
    const box = { x: 2000, y: 10, width: 100, height: 50 };
    expect(reveal({ x: 0, y: 0, scale: 1 }, box, frame).x).toBe(1000 - 16 - 2100);
    expect(reveal({ x: 0, y: 0, scale: 1 }, { ...box, x: 50, y: 50 }, frame)).toEqual({ x: 0, y: 0, scale: 1 });
  });

  it('finds the neighbour in a direction', () => {
    const box = (x: number, y: number) => ({ x, y, width: 10, height: 10 });
    const boxes = [box(0, 0), box(100, 5), box(60, 200), box(0, 50)];
    expect(neighbour(boxes, box(0, 0), 'ArrowRight')).toEqual(box(100, 5));
    expect(neighbour(boxes, box(0, 0), 'ArrowDown')).toEqual(box(0, 50));
    expect(neighbour(boxes, box(0, 0), 'ArrowLeft')).toBeUndefined();
  });
});

describe('a page behind a code', () => {
  it('is headings, paragraphs, lists and code', () => {
    expect(blocks('# A `b`\n\none\ntwo\n\n- x\n  y\n- z\n\n```yaml\na: 1\n\nb\n```\nend')).toEqual([
      { kind: 'heading', text: 'A `b`' },
      { kind: 'paragraph', text: 'one two' },
      { kind: 'list', items: ['x y', 'z'] },
      { kind: 'code', text: 'a: 1\n\nb' },
      { kind: 'paragraph', text: 'end' },
    ]);
    expect(inline('a `b` [c](d)')).toEqual([
      { text: 'a ', isCode: false },
      { text: 'b', isCode: true },
      { text: ' c', isCode: false },
    ]);
  });
});

describe('a trace', () => {
  it('is told step by step', () => {
    const steps: Step[] = [
      { step: 'gateway', gateway: 'a/g', type: 'network' },
      { step: 'rule', priority: 1, rule: 'HTTPRoute a/r#0', outcome: 'failed', conditions: 'path /y', reason: 'the path is /x' },
      { step: 'targets', targets: [{ service: 'a/b:80', weight: 1, followed: true }], sticky: false },
    ];
    expect(steps.map(shown).map((step) => [step.mark, step.title, step.detail])).toEqual([
      ['→', 'NLB Gateway a/g', ''],
      ['✗', 'rule 1: path /y', 'HTTPRoute a/r#0 · the path is /x'],
      ['→', 'Service a/b:80, weight 1', ''],
    ]);
  });

  it('ends with an answer', () => {
    const answered = (answer: TraceDocument['answer']): string => answerText({ answer } as TraceDocument);
    expect(answered({ service: 'a/b:80', path: '/x', query: 'y=1' })).toBe('Service a/b:80, which receives /x?y=1');
    expect(answered({ status: 404 })).toBe('the load balancer answers 404');
    expect(answered({ status: 301, redirect: 'https://a:443/' })).toBe('301 redirect to https://a:443/');
    expect(answered({ error: 'no Gateway listens there' })).toBe('no Gateway listens there');
  });
});
