// A trace in words, step by step (docs/trace.md). The way itself is core's.

import type { Step, TraceDocument } from '../core/types';

export interface ShownStep {
  mark: string;
  title: string;
  detail: string;
  tone: 'passed' | 'failed';
}

const MARKS: Record<string, string> = { matched: '✓', failed: '✗', undecided: '?' };

/** A step as it is shown. */
export function shown(step: Step): ShownStep {
  switch (step.step) {
    case 'gateway':
      return passed('→', `${step.type === 'network' ? 'NLB' : 'ALB'} Gateway ${step.gateway}`);
    case 'listener':
      return passed('→', `listener ${step.listener}`);
    case 'route':
      return passed('→', step.route);
    case 'rule': {
      const rewrites = (step.rewrites ?? []).map(rewrite);
      const detail = [step.rule, step.reason ?? '', ...(step.first ?? []), ...rewrites].filter((part) => part !== '');
      const tone = step.outcome === 'matched' ? 'passed' : 'failed';
      const title = `rule ${step.priority}: ${step.conditions}`;
      return { mark: MARKS[step.outcome] ?? '', title, detail: detail.join(' · '), tone };
    }
    case 'targets':
      return passed('→', step.targets.map(target).join(', '), step.sticky ? 'sticky' : '');
    case 'default':
      return passed('→', 'no rule matches: default action');
    case 'response':
      return passed('■', `answers ${step.status}`, step.body);
    case 'redirect':
      return passed('■', `redirects with ${step.status}`, step.location);
    case 'nothing':
      return { mark: '■', title: step.error, detail: '', tone: 'failed' };
  }
}

function passed(mark: string, title: string, detail = ''): ShownStep {
  return { mark, title, detail, tone: 'passed' };
}

type Rewrite = NonNullable<Extract<Step, { step: 'rule' }>['rewrites']>[number];

function rewrite({ what, before, after }: Rewrite): string {
  return `${what === 'url' ? 'URL' : 'host'} ${before} becomes ${after}`;
}

function target(one: Extract<Step, { step: 'targets' }>['targets'][number]): string {
  if (one.service !== undefined) return `Service ${one.service}, weight ${one.weight}`;
  if (one.gateway !== undefined) return `target group of the ALB, port ${one.port ?? ''}`;
  return `target group ${one.targetGroup ?? ''}`;
}

/** What comes of the request, in a line. */
export function answerText({ answer }: TraceDocument): string {
  const { error, status, redirect, service, path, query, targetGroup } = answer;
  if (error !== undefined) return error;
  if (redirect !== undefined) return `${status ?? ''} redirect to ${redirect}`;
  if (service !== undefined) {
    const after = query === undefined || query === '' ? '' : `?${query}`;
    return `Service ${service}${path === undefined ? '' : `, which receives ${path}${after}`}`;
  }
  if (targetGroup !== undefined) return `target group ${targetGroup}`;
  return status === undefined ? 'nothing answers' : `the load balancer answers ${status}`;
}
