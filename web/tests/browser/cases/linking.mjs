// From the picture, the plan and the findings to the text and back, and the way of a request.

import { assert, finding, goTo, marked, node, paste, sees, settled, tab, trace } from '../acts.mjs';
import { manyRoutes } from '../texts.mjs';

export const cases = {
  'a node marks its lines, and a line lights its node': {
    async run(page) {
      await node(page, 'my-tcp-gateway/listener/443').click();
      assert.match(await marked(page), /name: secure[^]*port: 443/);
      await goTo(page, 'sectionName: secure');
      await page.locator('g.node.lit').first().waitFor();
      await goTo(page, '- name: unsecure');
      await page.locator('g.node.lit[data-id$="my-tcp-gateway/listener/80"]').waitFor();
    },
  },

  'the chain is moved and zoomed by mouse, and a drag is no click': {
    async run(page) {
      const sheet = page.locator('.chain svg > g');
      const place = async () => (await sheet.getAttribute('transform')).match(/-?[\d.]+/g).map(Number);
      const [x, y, scale] = await place();
      const box = await node(page, 'my-tcp-gateway/listener/443').boundingBox();
      const [from, to] = [box.x + 20, box.y + 20];
      await page.mouse.move(from, to);
      await page.mouse.down();
      await page.mouse.move(from + 60, to + 30, { steps: 4 });
      await page.mouse.up();
      const [movedX, movedY] = await place();
      assert.deepEqual([Math.round(movedX - x), Math.round(movedY - y)], [60, 30]);
      assert.equal(await page.locator('g.node.chosen').count(), 0);
      await page.keyboard.down('Control');
      await page.mouse.wheel(0, -100);
      await page.keyboard.up('Control');
      await page.waitForFunction((before) => Number(document.querySelector('.chain svg > g').getAttribute('transform').match(/scale\(([\d.]+)/)[1]) > before, scale);
    },
  },

  'a value of the plan marks its lines and tells why': {
    async run(page) {
      await tab(page, 'Plan');
      await page.getByRole('treeitem', { name: /LoadBalancer/ }).nth(1).click();
      await page.getByRole('treeitem', { name: /^\W*scheme internet-facing/ }).click();
      assert.match(await marked(page), /internet-facing/);
      await sees(page.locator('.why'), 'who had a say');
      await page.locator('g.group.lit').waitFor();
    },
  },

  'a line opens what it makes in the plan': {
    async run(page) {
      await tab(page, 'Plan');
      await goTo(page, 'scheme: internet-facing');
      await page.locator('.row.lit', { hasText: 'scheme' }).waitFor();
    },
  },

  'a finding marks its lines and lights its node': {
    async run(page) {
      await finding(page, 'Service example-ns/echoserver').click();
      assert.match(await marked(page), /echoserver/);
      await page.locator('g.node.lit').first().waitFor();
    },
  },

  'a request lights its way, and its steps are listed': {
    async run(page) {
      await trace(page, 'https://shop.example.com/cart?x=1');
      await sees(page.locator('.answer'), 'Service example-ns/echoserver:80');
      const way = await page.locator('g.node.way').evaluateAll((all) => all.map((one) => one.getAttribute('data-id')));
      assert.ok(way.length >= 6, way.join());
      for (const part of ['my-tcp-gateway/listener/443', 'my-alb-gateway/listener/443', 'service/example-ns/echoserver:80']) {
        assert.ok(way.some((id) => id?.endsWith(part)), `${part} in ${way.join()}`);
      }
      assert.ok(!way.some((id) => id?.endsWith('/listener/80')));
      await sees(page.getByRole('list', { name: 'Steps' }), 'rule 1');
      await page.getByRole('button', { name: 'Clear', exact: true }).first().click();
      assert.equal(await page.locator('g.node.way').count(), 0);
    },
  },

  'a wrong URL and a method are understood': {
    async run(page) {
      await trace(page, 'shop');
      await page.locator('.error[role="alert"]').waitFor();
      await page.getByLabel('Method').selectOption('POST');
      await trace(page, 'http://shop.example.com/');
      await page.locator('.answer').waitFor();
    },
  },

  'the way is found in a folded picture, and follows the text': {
    async run(page) {
      await paste(page, manyRoutes(200));
      await trace(page, 'http://app-3.example.com/part-123');
      await page.locator('.answer').waitFor();
      assert.ok((await page.locator('g.node.way').count()) >= 3);
      await paste(page, manyRoutes(1));
      await sees(page.locator('.answer'), '404');
    },
  },

  'profiles are switched and compared': {
    async run(page) {
      await tab(page, 'Profiles');
      await sees(page.locator('#panel'), 'T-C11');
      await page.getByRole('button', { name: /SecurityGroup ingress/ }).click();
      await page.locator('g.lit').first().waitFor();
      await page.getByText('aws-lbc', { exact: true }).first().click();
      await settled(page);
      await tab(page, 'JSON');
      await sees(page.locator('#panel .cm-line'), '"profile": "aws-lbc"');
    },
  },

  'the environment answers what only AWS knows, and says what is wrong with it': {
    async run(page) {
      await tab(page, 'Environment');
      await page.getByRole('textbox', { name: 'Cluster name' }).fill('prod');
      await settled(page);
      await tab(page, 'Plan');
      await page.getByRole('treeitem', { name: /LoadBalancer/ }).first().click();
      await sees(page.getByRole('treeitem'), 'uid of Gateway');
      await tab(page, 'Environment');
      await page.getByLabel(/^The environment file/).fill('subnet: []');
      await sees(page.locator('#panel [role="alert"]'), 'subnet');
    },
  },

  'the environment is a file and a form, filled both ways': {
    async run(page) {
      const file = page.getByLabel(/^The environment file/);
      const field = (name) => page.getByRole('textbox', { name, exact: true });
      await page.getByLabel('Load an example').selectOption('static-ips');
      await settled(page);
      await tab(page, 'Environment');
      assert.match(await file.inputValue(), /^subnets:|\nsubnets:/);
      const first = field('Id of subnet 1');
      const id = await first.inputValue();
      assert.ok((await file.inputValue()).includes(`id: ${id}`), id);
      assert.equal(await field('VPC').inputValue(), 'vpc-0a1b2c3d4e5f60000');
      await field('Zone of subnet 1').fill('eu-north-1z');
      await settled(page);
      assert.match(await file.inputValue(), /az: eu-north-1z/);
      await page.getByRole('button', { name: 'Add a certificate' }).click();
      await field('ARN of certificate 1').fill('arn:aws:acm:eu-north-1:1:certificate/a');
      await field('Domains of certificate 1').fill('*.example.com, example.com');
      await settled(page);
      assert.match(await file.inputValue(), /\n {2}domains:\n {2}- "\*.example.com"\n {2}- example.com\n/);
      await page.getByRole('button', { name: 'Remove certificate 1' }).click();
      await settled(page);
      assert.ok(!(await file.inputValue()).includes('certificates'));
      await file.fill('clusterName: prod # ours\nvpc: {id: vpc-1, cidrs: [10.0.0.0/16]}\n');
      await settled(page);
      assert.equal(await field('Cluster name').inputValue(), 'prod');
      assert.equal(await field('Its CIDR blocks').inputValue(), '10.0.0.0/16');
      assert.equal(await first.count(), 0);
      await field('VPC').fill('vpc-2');
      await settled(page);
      assert.match(await file.inputValue(), /^clusterName: prod # ours\nvpc:\n {2}id: vpc-2\n/);
      await file.fill('vpc: {');
      await settled(page);
      assert.ok(await field('VPC').isDisabled(), 'a form can’t be written into what can’t be read');
    },
  },

  'everything can be done by keyboard': {
    async run(page) {
      await page.locator('g.node[tabindex="0"]').focus();
      for (const kind of ['listener', 'targetGroup']) {
        await page.keyboard.press('ArrowRight');
        await page.locator(`g.node.${kind}:focus`).waitFor();
      }
      await page.keyboard.press('Enter');
      await page.locator('g.node.targetGroup.chosen').waitFor();
      assert.ok((await marked(page)).length > 0);
      await page.locator('#tab-findings').focus();
      await page.keyboard.press('ArrowRight');
      await page.locator('#tab-plan:focus[aria-selected="true"]').waitFor();
      await page.getByRole('tree').focus();
      for (const key of ['ArrowDown', 'ArrowDown', 'ArrowRight']) await page.keyboard.press(key);
      await page.locator('[role="treeitem"][aria-expanded="true"][aria-level="2"]').waitFor();
      await page.getByRole('separator', { name: 'Height of the chain' }).focus();
      await page.keyboard.press('ArrowDown');
      assert.equal(await page.locator('.row [role="separator"]').getAttribute('aria-valuenow'), '47');
      await page.getByRole('button', { name: 'Export' }).focus();
      await page.keyboard.press('Enter');
      await page.getByRole('menuitem').first().and(page.locator(':focus')).waitFor();
      await page.keyboard.press('Escape');
      await page.locator('button[aria-haspopup="menu"]:focus').waitFor();
    },
  },
};
