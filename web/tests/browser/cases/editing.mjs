// Getting manifests in and right.

import { readFileSync } from 'node:fs';

import { assert, editor, goTo, paste, sees, settled, tab, textOf } from '../acts.mjs';
import { manyRoutes } from '../texts.mjs';

const BROKEN = readFileSync(new URL('../broken.yaml', import.meta.url), 'utf8');

export const cases = {
  'a first visit shows the guide’s example': {
    async run(page) {
      await page.locator('g.node').nth(5).waitFor();
      assert.match(await textOf(page), /my-alb-gateway/);
      await sees(page.locator('footer'), '2 load balancers');
    },
  },

  'every example of the gallery can be loaded': {
    async run(page) {
      const select = page.getByLabel('Load an example');
      const names = (await select.locator('option').allTextContents()).slice(1);
      assert.ok(names.length >= 5, names.join());
      for (const name of names) {
        await select.selectOption(name);
        await sees(page.locator('.notice'), `Example ${name}`);
        await settled(page);
        assert.ok((await page.locator('g.node').count()) > 3, name);
        assert.equal(await page.locator('.broken, .environment .error').count(), 0, name);
      }
    },
  },

  'pasted manifests are planned': {
    async run(page) {
      await paste(page, manyRoutes(3));
      await sees(page.locator('g.node'), 'service-1');
      await sees(page.locator('footer'), '1 load balancer, 3 rules');
    },
  },

  'JSON and Windows line ends are read': {
    async run(page) {
      const objects = [
        { apiVersion: 'gateway.networking.k8s.io/v1', kind: 'GatewayClass', metadata: { name: 'alb' }, spec: { controllerName: 'gateway.k8s.aws/alb' } },
        { apiVersion: 'gateway.networking.k8s.io/v1', kind: 'Gateway', metadata: { name: 'web', namespace: 'a', managedFields: [] }, spec: { gatewayClassName: 'alb', listeners: [{ name: 'h', protocol: 'HTTP', port: 80 }] } },
      ];
      await paste(page, JSON.stringify({ apiVersion: 'v1', kind: 'List', items: objects }, null, 2));
      await sees(page.locator('footer'), '1 load balancer');
      await paste(page, manyRoutes(2).replaceAll('\n', '\r\n'));
      await sees(page.locator('footer'), '1 load balancer, 2 rules');
    },
  },

  'YAML that lost its indentation is understood, and gets it back with one click': {
    async run(page) {
      await paste(page, readFileSync(new URL('../../../../tests/pastes/flattened-guide.txt', import.meta.url), 'utf8'));
      await sees(page.locator('footer'), '2 load balancers');
      await page.locator('#panel li', { hasText: 'GWC0610' }).getByRole('button', { name: /^Fix/ }).click();
      await settled(page);
      await sees(page.locator('footer'), '2 load balancers');
      assert.equal(await page.locator('#panel li', { hasText: 'GWC0610' }).count(), 0);
      assert.match(await textOf(page), /\n {2}name: my-alb-gateway\n/);
    },
  },

  'what the cluster wrote is folded away': {
    async run(page) {
      const [first, ...rest] = manyRoutes(1).split('  name: web\n');
      await paste(page, `${first}  name: web\n  managedFields:\n  - manager: kubectl\n    operation: Apply\n${rest.join('  name: web\n')}`);
      await page.locator('.cm-foldPlaceholder').first().waitFor();
    },
  },

  'what Helm renders and a whole page of Markdown are read': {
    async run(page) {
      const parts = manyRoutes(2).split('---\n');
      await paste(page, parts.map((part, index) => `---\n# Source: shop/templates/${index}.yaml\n${part}`).join(''));
      await sees(page.locator('footer'), '1 load balancer, 2 rules');
      assert.equal(await page.locator('#panel li.error').count(), 0);
      const blocks = parts.map((part, index) => `## Step ${index}\n\nApply **this**:\n\n\`\`\`yaml\n${part}\`\`\`\n`);
      await paste(page, `# How to\n\nSome words: and a colon.\n\n${blocks.join('\n')}\n\`\`\`sh\nkubectl get gateway\n\`\`\`\n`);
      await sees(page.locator('footer'), '1 load balancer, 2 rules');
      await page.locator('#panel li', { hasText: 'GWC0612' }).waitFor();
      assert.equal(await page.locator('#panel li.error').count(), 0);
    },
  },

  'what kubectl lists is read, with what the cluster wrote folded away': {
    async run(page) {
      const accepted = '{type: Accepted, status: "True", reason: Accepted, message: "", lastTransitionTime: "2026-01-01T00:00:00Z"}';
      const status = (part) => (part.includes('kind: HTTPRoute') ? 'parents: []' : `conditions:\n      - ${accepted}`);
      const managed = '      managedFields:\n      - manager: kubectl\n        operation: Update\n        fieldsV1:\n          f:spec: {}\n';
      const item = (part) => `  - ${part.trim().replaceAll('\n', '\n    ').replace('metadata:\n', `metadata:\n${managed}`)}\n    status:\n      ${status(part)}\n`;
      await paste(page, `apiVersion: v1\nitems:\n${manyRoutes(1).split('---\n').map(item).join('')}kind: List\nmetadata:\n  resourceVersion: ""\n`);
      await sees(page.locator('footer'), '1 load balancer, 1 rule');
      assert.ok((await page.locator('.cm-foldPlaceholder').count()) >= 4, 'status and managedFields of what is in sight');
    },
  },

  'broken YAML is told and what can be read goes on': {
    async run(page) {
      await paste(page, `${manyRoutes(1)}---\n${BROKEN}`);
      await sees(page.locator('#panel li.error'), 'GWC0601');
      await sees(page.locator('g.node'), 'service-0');
      await page.locator('.cm-lintRange-error').first().waitFor({ state: 'attached' });
    },
  },

  'nothing at all is no mistake': {
    async run(page) {
      await paste(page, ' ');
      await sees(page.locator('.chain'), 'Paste manifests, or load an example.');
    },
  },

  'a fix changes the text and the finding goes': {
    async run(page) {
      const before = await page.locator('#panel li').count();
      await page.getByRole('button', { name: /^Fix: write gateway.networking.k8s.io\/v1$/ }).first().click();
      await settled(page);
      assert.equal(await page.locator('#panel li').count(), before - 1);
      assert.match(await textOf(page), /^# alb-gatewayclass.yaml\napiVersion: gateway.networking.k8s.io\/v1\n/);
      await page.getByRole('button', { name: /^Apply all/ }).click();
      await settled(page);
      assert.equal(await page.getByRole('button', { name: /^Fix/ }).count(), 0);
      await editor(page).focus();
      await page.keyboard.press('Control+Z');
      await settled(page);
      assert.ok((await page.getByRole('button', { name: /^Fix/ }).count()) > 0, 'a fix can be undone');
    },
  },

  'a squiggle tells its help and its fix': {
    async run(page) {
      await page.locator('.cm-lintRange-warning').first().hover();
      const tip = page.locator('.cm-tooltip-lint');
      await sees(tip, 'which is deprecated');
      await tip.getByRole('button', { name: /Fix/ }).click();
      await settled(page);
      assert.match(await textOf(page), /^# alb-gatewayclass.yaml\napiVersion: gateway.networking.k8s.io\/v1\n/);
    },
  },

  'fields and values are completed from the schemas': {
    async run(page) {
      await paste(page, 'apiVersion: gateway.networking.k8s.io/v1\nkind: Gateway\nspec:\n');
      await page.keyboard.press('Control+End');
      await page.keyboard.type('  gatewayCl');
      await page.locator('.cm-tooltip-autocomplete li', { hasText: 'gatewayClassName' }).click();
      assert.match(await textOf(page), /\n {2}gatewayClassName: $/);
      await paste(page, 'apiVersion: gateway.networking.k8s.io/v1\nkind: Gateway\nspec:\n  listeners:\n  - allowedRoutes:\n      namespaces:\n        from:');
      await page.keyboard.press('Control+End');
      await page.keyboard.type(' ');
      await sees(page.locator('.cm-tooltip-autocomplete li'), 'Selector');
    },
  },

  'format keeps comments': {
    async run(page) {
      await paste(page, 'kind: Gateway   # why\nspec:\n      # below\n      listeners:\n      -   name: a\n');
      await page.getByRole('button', { name: 'Format' }).click();
      await sees(page.getByRole('status'), 'Formatted');
      assert.equal(await textOf(page), 'kind: Gateway   # why\nspec:\n  # below\n  listeners:\n    - name: a\n');
    },
  },

  'hovering tells what a field may be and what it makes': {
    async run(page) {
      await goTo(page, 'scheme: internet-facing');
      await page.locator('.cm-line', { hasText: 'scheme: internet-facing' }).locator('span').first().hover();
      await sees(page.locator('.hover-card'), 'LoadBalancerConfiguration spec.scheme');
      await sees(page.locator('.hover-card'), 'makes example-ns/my-tcp-gateway.scheme');
    },
  },

  'a code’s page is one click away': {
    async run(page) {
      await page.locator('#panel .code').first().click();
      await sees(page.getByRole('dialog'), 'deprecated');
      await page.keyboard.press('Escape');
      await page.getByRole('dialog').waitFor({ state: 'detached' });
    },
  },

  '5,000 routes are planned, and typing goes on meanwhile': {
    async run(page) {
      await paste(page, manyRoutes(5000));
      await page.keyboard.press('Control+Home');
      await page.keyboard.type('# typed\n');
      await sees(page.locator('.cm-line'), '# typed');
      await settled(page);
      await page.locator('g.node').first().waitFor();
      await tab(page, 'Plan');
      await page.getByRole('treeitem').nth(3).waitFor();
    },
  },
};
