// `kubectl gwchain ui` on a real API server: the page shows the cluster's chain, and the cluster stays as it is.

import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

import { assert, sees, settled, textOf, trace } from '../acts.mjs';
import { ApiServer } from '../apiserver.mjs';
import { open } from '../chromium.mjs';
import { answersNobodyElse, ROOT, started } from '../plugin.mjs';

const SECRET = 'not-for-pages';

/** The guide, with a rule that names a Secret, another namespace, and somebody who may only read. */
function objects() {
  const folder = join(ROOT, 'examples/gateway-chaining');
  const guide = readdirSync(folder).map((name) => readFileSync(join(folder, name), 'utf8'));
  // The standard channel serves TCPRoute as v1 only.
  const texts = guide.map((text) => text.replace('gateway.networking.k8s.io/v1alpha2', 'gateway.networking.k8s.io/v1'));
  return [NAMESPACES, ...texts, REST].join('\n---\n');
}

const NAMESPACES = ['example-ns', 'elsewhere'].map((name) => `apiVersion: v1\nkind: Namespace\nmetadata:\n  name: ${name}`).join('\n---\n');

const REST = `
apiVersion: v1
kind: Service
metadata:
  name: echoserver
  namespace: example-ns
spec: {type: NodePort, selector: {app: echo}, ports: [{port: 80, targetPort: 8080}]}
---
apiVersion: v1
kind: Secret
metadata:
  name: oidc
  namespace: example-ns
stringData: {clientSecret: ${SECRET}}
---
apiVersion: gateway.k8s.aws/v1beta1
kind: ListenerRuleConfiguration
metadata:
  name: sign-in
  namespace: example-ns
spec:
  actions:
  - type: authenticate-oidc
    authenticateOIDCConfig:
      authorizationEndpoint: https://id.example.com/a
      issuer: https://id.example.com
      tokenEndpoint: https://id.example.com/t
      userInfoEndpoint: https://id.example.com/u
      secret: {name: oidc}
---
apiVersion: gateway.networking.k8s.io/v1
kind: Gateway
metadata:
  name: other
  namespace: elsewhere
spec: {gatewayClassName: aws-alb-gateway-class, listeners: [{name: http, protocol: HTTP, port: 80}]}
---
apiVersion: rbac.authorization.k8s.io/v1
kind: ClusterRole
metadata:
  name: reader
rules:
- {apiGroups: [gateway.networking.k8s.io, gateway.k8s.aws], resources: ["*"], verbs: [list]}
- {apiGroups: [""], resources: [services, namespaces], verbs: [list]}
- {apiGroups: [""], resources: [secrets], verbs: [get]}
---
apiVersion: rbac.authorization.k8s.io/v1
kind: ClusterRoleBinding
metadata:
  name: reader
roleRef: {apiGroup: rbac.authorization.k8s.io, kind: ClusterRole, name: reader}
subjects: [{apiGroup: rbac.authorization.k8s.io, kind: User, name: guest}]
`;

const HEALTH = `apiVersion: gateway.networking.k8s.io/v1
kind: HTTPRoute
metadata:
  name: later
  namespace: example-ns
spec:
  parentRefs: [{name: my-alb-gateway}]
  rules: [{matches: [{path: {value: /later}}], backendRefs: [{name: echoserver, port: 80}]}]
`;

async function shown(browser, server) {
  // As somebody with the rights of docs/cluster.md and no other.
  const { url, stop } = await started(['-n', 'example-ns', '--context', 'guest'], { KUBECONFIG: server.kubeconfig });
  try {
    await answersNobodyElse(url);
    const { page, context, noted } = await open(browser, url);
    await sees(page.locator('.notice'), 'From the cluster');
    await sees(page.locator('footer'), '2 load balancers');
    await page.locator('g.group.nlb[data-id="example-ns/my-tcp-gateway"]').waitFor();
    await page.locator('g.group.alb[data-id="example-ns/my-alb-gateway"]').waitFor();
    assert.equal(await page.locator('[data-id^="elsewhere/"]').count(), 0, 'as with plan -n');
    await trace(page, 'https://shop.example.com/');
    await sees(page.locator('.answer'), 'Service example-ns/echoserver:80');
    const text = await textOf(page);
    assert.match(text, /name: echoserver/);
    assert.ok(!text.includes('managedFields') && !text.includes(SECRET) && !text.includes(btoa(SECRET)));
    await server.apply(HEALTH);
    await page.reload();
    await settled(page);
    await trace(page, 'https://shop.example.com/later');
    await sees(page.getByRole('list', { name: 'Steps' }), 'later');
    assert.ok(noted.requests.every((asked) => asked.startsWith(url) || asked.startsWith('blob:')), noted.requests.join());
    assert.deepEqual(noted.errors, []);
    await context.close();
  } finally {
    stop();
  }
}

export const cases = {
  'the plugin shows the chain of a real cluster to whoever has the link': {
    async run(_, { browser }) {
      const server = await ApiServer.start();
      try {
        await server.apply(objects());
        await shown(browser, server);
      } finally {
        await server.stop();
      }
    },
  },
};
