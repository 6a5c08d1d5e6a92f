import { describe, expect, it } from 'vitest';

import { tidy } from '../../src/editor/linked';
import { answered, environmentText } from '../../src/state/environment';
import { examples, joined } from '../../src/state/examples';
import { applyEdits } from '../../src/state/fixing';
import { offsetAt } from '../../src/state/position';
import { innermost } from '../../src/state/selection.svelte';
import { pack, unpack } from '../../src/state/share';
import { start } from '../../src/state/start';
import { emptyEnvironment, emptyRequest, forget, load, loadTheme, save, saveTheme, type Saved } from '../../src/state/storage';

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
  return { text, profile: 'aws-lbc', complete: true, environment: emptyEnvironment(), request: emptyRequest() };
}

describe('share links', () => {
  it('bring back what they were made of', async () => {
    const shared = { text: 'a: ü\u{1F600}\n'.repeat(500), profile: 'aws-lbc', environment: 'clusterName: x', request: 'https://a/' };
    const fragment = await pack(shared);
    expect(fragment).toMatch(/^#s=[\w-]+$/);
    expect(fragment.length).toBeLessThan(300);
    expect(await unpack(fragment)).toEqual(shared);
  });

  it('are told from other fragments, and damaged ones from whole ones', async () => {
    expect(await unpack('#top')).toBeUndefined();
    await expect(unpack('#s=AAAA')).rejects.toThrow();
    const fragment = await pack({ text: 'a', profile: '', environment: '', request: '' });
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
    own.setItem('gwchain.work.v1', '{"text": "a", "profile": "x", "environment": {"clusterName": "c"}}');
    expect(load(own)).toMatchObject({ text: 'a', profile: 'gwchain', environment: { clusterName: 'c', subnets: [] } });
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
    const hash = await pack({ text: 'theirs', profile: 'gwchain', environment: '', request: '' });
    expect((await start(own, { hash }, undefined)).work.text).toBe('theirs');
    const damaged = await start(own, { hash: '#s=!' }, undefined);
    expect([damaged.work.text, damaged.notice]).toEqual(['mine', expect.stringContaining('damaged')]);
  });
});

describe('the environment', () => {
  it('is YAML of what is filled in', () => {
    const form = emptyEnvironment();
    expect([environmentText(form), answered(form)]).toEqual(['', 0]);
    form.clusterName = ' prod ';
    form.certificates = [{ arn: 'arn:a', domains: '*.a.b, c' }];
    form.more = 'region: eu';
    expect(environmentText(form)).toBe('clusterName: "prod"\ncertificates: [{"arn":"arn:a","domains":["*.a.b","c"]}]\nregion: eu');
    expect(answered(form)).toBe(3);
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
