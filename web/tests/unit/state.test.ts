import { describe, expect, it } from 'vitest';

import { tidy } from '../../src/editor/linked';
import { fieldsOf, formOf } from '../../src/state/environment';
import { examples, joined } from '../../src/state/examples';
import { applyEdits } from '../../src/state/fixing';
import { offsetAt } from '../../src/state/position';
import { innermost } from '../../src/state/selection.svelte';
import { pack, unpack } from '../../src/state/share';
import { start } from '../../src/state/start';
import { emptyRequest, forget, load, loadTheme, save, saveTheme, type Saved, workOf } from '../../src/state/storage';

function store(room = Infinity) {
  const kept = new Map<string, string>();
  return {
    getItem: (key: string) => kept.get(key) ?? null,
    setItem: (key: string, value: string) => {
      if (value.length > room) throw new Error('full');
      kept.set(key, value);
    },
    removeItem: (key: string) => void kept.delete(key),
  };
}

function work(text: string): Saved {
  return { text, profile: 'aws-lbc', complete: true, environment: 'region: eu', request: emptyRequest() };
}

describe('share links', () => {
  it('bring back what they were made of', async () => {
    const request = { url: 'https://a/', method: 'POST', headers: 'a: b', from: '10.0.0.1', via: 'a/b' };
    const shared = { ...work('a: ü\u{1F600}\n'.repeat(500)), request };
    const fragment = await pack(shared);
    expect(fragment).toMatch(/^#s=[\w-]+$/);
    expect(fragment.length).toBeLessThan(400);
    expect(await unpack(fragment)).toEqual(shared);
  });

  it('are told from other fragments, and damaged ones from whole ones', async () => {
    expect(await unpack('#top')).toBeUndefined();
    await expect(unpack('#s=AAAA')).rejects.toThrow();
    const fragment = await pack(work('a'));
    await expect(unpack(fragment.slice(0, -4))).rejects.toThrow();
  });
});

describe('storage', () => {
  it('keeps the work and forgets it', () => {
    const own = store();
    expect(save(own, work('a: 1'))).toBe(true);
    expect(load(own)).toEqual(work('a: 1'));
    forget(own);
    expect(load(own)).toBeUndefined();
  });

  it('says when there is no room, and survives nonsense', () => {
    expect(save(store(10), work('a: 1'))).toBe(false);
    const own = store();
    own.setItem('gwchain.work.v1', '{broken');
    expect(load(own)).toBeUndefined();
    own.setItem('gwchain.work.v1', '{"text": "a", "profile": "x", "environment": {}, "request": {"url": 1, "via": "v"}}');
    expect(load(own)).toMatchObject({ text: 'a', profile: 'gwchain', environment: '', request: { url: '', via: 'v' } });
    expect([workOf(null), workOf('a'), workOf({ text: 1 })]).toEqual([undefined, undefined, undefined]);
  });

  it('keeps the theme unless it is the system’s', () => {
    const own = store();
    saveTheme(own, 'dark');
    expect(loadTheme(own)).toBe('dark');
    saveTheme(own, 'system');
    expect(loadTheme(own)).toBe('system');
  });
});

describe('start', () => {
  it('prefers a link, then the work as it was left, then the guide’s example', async () => {
    const own = store();
    expect((await start(own, { hash: '' }, undefined)).work.text).toContain('kind: GatewayClass');
    save(own, work('mine'));
    expect((await start(own, { hash: '' }, undefined)).work.text).toBe('mine');
    const hash = await pack(work('theirs'));
    expect((await start(own, { hash }, undefined)).work.text).toBe('theirs');
    const damaged = await start(own, { hash: '#s=!' }, undefined);
    expect([damaged.work.text, damaged.notice]).toEqual(['mine', expect.stringContaining('damaged')]);
  });
});

describe('the environment', () => {
  const fields = {
    clusterName: 'prod',
    vpc: { id: 'vpc-1', cidrs: ['10.0.0.0/16', '10.1.0.0/16'], ipv6Cidrs: ['::/56'] },
    subnets: [{ id: 'subnet-1', az: 'a', public: true, tags: { a: 'b' } }, { id: 'subnet-2', cidr: '10.0.1.0/24' }],
    certificates: [{ arn: 'arn:a', domains: ['*.a.b', 'c'], notAfter: '2027-01-01' }],
    region: 'eu',
  };
  it('fills the form, and comes back from it with what the form does not show', () => {
    const form = formOf(fields);
    expect([form.clusterName, form.vpcCidrs, form.subnets[0]?.isPublic, form.certificates[0]?.domains]).toEqual(['prod', '10.0.0.0/16 10.1.0.0/16', true, '*.a.b c']);
    const { region: _, ...shown } = fields;
    expect(fieldsOf(form, fields)).toEqual(shown);
  });

  it('loses what is emptied, and keeps an empty list only where one is', () => {
    const nothing = { clusterName: null, vpc: null, subnets: null, certificates: null };
    expect(fieldsOf(formOf({}), {})).toEqual(nothing);
    expect(fieldsOf(formOf({ subnets: [] }), { subnets: [] })).toEqual({ ...nothing, subnets: [] });
    const form = formOf(fields);
    form.subnets = [{ id: ' ', az: '', cidr: '', isPublic: false, rest: {} }];
    expect(fieldsOf(form, fields)['subnets']).toBeNull();
  });

  it('of any shape is shown as far as it can be', () => {
    expect(formOf({ clusterName: 7, vpc: [], subnets: ['a', null], certificates: {} })).toMatchObject({ clusterName: '7', vpcId: '', subnets: [{ id: '' }, { id: '' }], certificates: [] });
  });
});

describe('the gallery', () => {
  it('begins with the guide’s example and has every folder', () => {
    const names = examples().map((example) => example.name);
    expect(names[0]).toBe('gateway-chaining');
    expect(names.length).toBeGreaterThanOrEqual(5);
    expect(examples().find((example) => example.name === 'static-ips')?.environment).toContain('subnets');
  });

  it('joins files under their names', () => {
    expect(joined([{ name: 'a.yaml', text: '---\na: 1\n' }, { name: 'b.yaml', text: 'b: 2' }])).toBe('# a.yaml\na: 1\n---\n# b.yaml\nb: 2\n');
    expect(joined([{ name: 'a.yaml', text: 'a: 1' }])).toBe('a: 1\n');
  });
});

describe('places', () => {
  it('count characters in core and code units in the editor', () => {
    const text = '\uFEFFa\n\u{1F600}b: c\n';
    expect([offsetAt(text, 1, 1), offsetAt(text, 2, 1), offsetAt(text, 2, 3), offsetAt(text, 2, 99), offsetAt(text, 9, 1)]).toEqual([1, 3, 6, 9, 10]);
  });

  it('are innermost around an offset', () => {
    const link = (from: number, to: number) => ({ file: 0, start: from, end: to, values: [] });
    const links = [link(0, 100), link(10, 50), link(20, 30), link(60, 70)];
    expect(innermost(links, 25)?.start).toBe(20);
    expect(innermost(links, 40)?.start).toBe(10);
    expect(innermost(links, 55)?.start).toBe(0);
    expect(innermost(links, 200)).toBeUndefined();
  });

  it('are marked once', () => {
    expect(tidy([{ from: 5, to: 9 }, { from: 0, to: 3 }, { from: 6, to: 12 }, { from: 20, to: 30 }, { from: 4, to: 4 }], 25)).toEqual([
      { from: 0, to: 3 },
      { from: 5, to: 12 },
      { from: 20, to: 25 },
    ]);
  });
});

describe('fixes', () => {
  const edit = (start: number, end: number, text: string) => ({
    range: { file: 0, start, end, line: 1, column: start + 1, endLine: 1, endColumn: end + 1 },
    text,
  });
  it('are applied together unless they touch', () => {
    const one = { title: '', edits: [edit(0, 1, 'A'), edit(4, 5, 'E')] };
    const touching = { title: '', edits: [edit(4, 5, 'X')] };
    const other = { title: '', edits: [edit(2, 2, '+')] };
    expect(applyEdits('abcde', [one, touching, other])).toBe('Ab+cdE');
  });
});
