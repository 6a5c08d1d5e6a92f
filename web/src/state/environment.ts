// The environment's simple fields as the YAML that core reads (docs/environment.md). Core judges it.

import type { EnvironmentForm } from './storage';

/** The form as a text; empty when nothing is filled in. JSON values are YAML, whatever they hold. */
export function environmentText(form: EnvironmentForm): string {
  const lines: string[] = [];
  const add = (name: string, value: unknown): void => {
    lines.push(`${name}: ${JSON.stringify(value)}`);
  };
  if (form.clusterName.trim() !== '') add('clusterName', form.clusterName.trim());
  if (form.vpcId.trim() !== '' || form.vpcCidrs.trim() !== '') {
    add('vpc', { id: form.vpcId.trim(), cidrs: words(form.vpcCidrs) });
  }
  if (form.subnets.length > 0) {
    add('subnets', form.subnets.map((row) => ({ id: row.id, az: row.az, cidr: row.cidr, public: row.isPublic })));
  }
  if (form.certificates.length > 0) {
    add('certificates', form.certificates.map((row) => ({ arn: row.arn, domains: words(row.domains) })));
  }
  if (form.more.trim() !== '') lines.push(form.more);
  return lines.join('\n');
}

/** How much is filled in. */
export function answered(form: EnvironmentForm): number {
  const fields = [form.clusterName, form.vpcId + form.vpcCidrs, form.more].filter((text) => text.trim() !== '');
  return fields.length + Math.min(form.subnets.length, 1) + Math.min(form.certificates.length, 1);
}

function words(text: string): string[] {
  return text.split(/[\s,]+/).filter((word) => word !== '');
}
