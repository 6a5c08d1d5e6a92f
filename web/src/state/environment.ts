// The simple fields of an environment file (docs/environment.md) as a form, both ways. Reading and writing the file is core's.

/** What an environment file says, by field. */
export type Fields = Record<string, unknown>;

export interface EnvironmentForm {
  clusterName: string;
  vpcId: string;
  vpcCidrs: string;
  subnets: SubnetRow[];
  certificates: CertificateRow[];
}
export interface SubnetRow {
  id: string;
  az: string;
  cidr: string;
  isPublic: boolean;
  /** Fields that the form does not show. */
  rest: Fields;
}
export interface CertificateRow {
  arn: string;
  domains: string;
  rest: Fields;
}

/** The form that shows `fields`. */
export function formOf(fields: Fields): EnvironmentForm {
  const vpc = record(fields['vpc']);
  return {
    clusterName: text(fields['clusterName']),
    vpcId: text(vpc['id']),
    vpcCidrs: spaced(vpc['cidrs']),
    subnets: rows(fields['subnets']).map(({ id, az, cidr, public: isPublic, ...rest }) => ({
      id: text(id),
      az: text(az),
      cidr: text(cidr),
      isPublic: isPublic === true,
      rest,
    })),
    certificates: rows(fields['certificates']).map(({ arn, domains, ...rest }) => ({ arn: text(arn), domains: spaced(domains), rest })),
  };
}

/** The fields that `form` shows, as it says; null when it says nothing. `before` is what the file says of them. */
export function fieldsOf(form: EnvironmentForm, before: Fields): Fields {
  const { id: _, cidrs: __, ...vpc } = record(before['vpc']);
  return {
    clusterName: form.clusterName.trim() === '' ? null : form.clusterName.trim(),
    vpc: orNull(filled({ id: form.vpcId.trim(), cidrs: words(form.vpcCidrs), ...vpc })),
    subnets: answered(form.subnets.map(subnet), before['subnets']),
    certificates: answered(form.certificates.map(certificate), before['certificates']),
  };
}

function subnet({ id, az, cidr, isPublic, rest }: SubnetRow): Fields {
  const fields = filled({ id: id.trim(), az: az.trim(), cidr: cidr.trim() });
  return { ...fields, ...(isPublic ? { public: true } : {}), ...rest };
}

function certificate({ arn, domains, rest }: CertificateRow): Fields {
  return { ...filled({ arn: arn.trim(), domains: words(domains) }), ...rest };
}

/** Rows with something in them. An empty list is an answer, too: it stays, but is not made here. */
function answered(all: Fields[], before: unknown): Fields[] | null {
  const said = all.filter((row) => Object.keys(row).length > 0);
  const isNone = Array.isArray(before) && before.length === 0;
  return said.length > 0 || isNone ? said : null;
}

function filled(fields: Fields): Fields {
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== '' && !(Array.isArray(value) && value.length === 0)));
}

function orNull(fields: Fields): Fields | null {
  return Object.keys(fields).length === 0 ? null : fields;
}

function record(value: unknown): Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Fields) : {};
}

function rows(value: unknown): Fields[] {
  return Array.isArray(value) ? value.map(record) : [];
}

function text(value: unknown): string {
  return typeof value === 'string' || typeof value === 'number' ? String(value) : '';
}

function spaced(value: unknown): string {
  return Array.isArray(value) ? value.map(text).join(' ') : '';
}

function words(value: string): string[] {
  return value.split(/[\s,]+/).filter((word) => word !== '');
}
