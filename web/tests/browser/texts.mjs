// Manifests for tests and benches.

const CLASS = `apiVersion: gateway.networking.k8s.io/v1
kind: GatewayClass
metadata:
  name: alb
spec:
  controllerName: gateway.k8s.aws/alb
`;

const gateway = (name) => `---
apiVersion: gateway.networking.k8s.io/v1
kind: Gateway
metadata:
  name: ${name}
  namespace: shop
spec:
  gatewayClassName: alb
  listeners:
    - name: http
      protocol: HTTP
      port: 80
      allowedRoutes:
        namespaces:
          from: Same
`;

const route = (name, index) => `---
apiVersion: gateway.networking.k8s.io/v1
kind: HTTPRoute
metadata:
  name: route-${index}
  namespace: shop
spec:
  parentRefs:
    - name: ${name}
  hostnames:
    - app-${index % 40}.example.com
  rules:
    - matches:
        - path:
            type: PathPrefix
            value: /part-${index}
      backendRefs:
        - name: service-${index % 60}
          port: 80
`;

/** One ALB with `count` routes of one rule each. */
export function manyRoutes(count) {
  return CLASS + gateway('web') + Array.from({ length: count }, (_, index) => route('web', index)).join('');
}

/** `count` routes, a hundred for each ALB: as many as AWS takes. */
export function manyGateways(count) {
  const names = Array.from({ length: Math.ceil(count / 100) }, (_, index) => `web-${index}`);
  const routes = Array.from({ length: count }, (_, index) => route(names[Math.floor(index / 100)], index));
  return CLASS + names.map(gateway).join('') + routes.join('');
}

export const MARK = '<img src=x onerror="window.hacked=1">';

/** Markup in every name and field that takes text. */
export function hostile() {
  const text = JSON.stringify(MARK);
  return `apiVersion: gateway.networking.k8s.io/v1
kind: GatewayClass
metadata: {name: alb}
spec: {controllerName: gateway.k8s.aws/alb}
---
apiVersion: gateway.networking.k8s.io/v1
kind: Gateway
metadata: {name: ${text}, namespace: ${text}, annotations: {${text}: ${text}}, labels: {${text}: ${text}}}
spec:
  gatewayClassName: alb
  listeners:
  - {name: ${text}, hostname: ${text}, protocol: ${text}, port: 80}
---
apiVersion: gateway.networking.k8s.io/v1
kind: Gateway
metadata: {name: fine, namespace: shop}
spec:
  gatewayClassName: alb
  infrastructure: {parametersRef: {group: ${text}, kind: ${text}, name: ${text}}}
  listeners:
  - {name: http, protocol: HTTP, port: 80, ${text}: ${text}}
---
apiVersion: gateway.networking.k8s.io/v1
kind: HTTPRoute
metadata: {name: fine, namespace: shop}
spec:
  parentRefs: [{name: fine, sectionName: ${text}}, {name: ${text}}, {name: fine}]
  hostnames: [${text}]
  rules:
  - matches: [{path: {value: ${JSON.stringify(`/${MARK}`)}}, headers: [{name: ${text}, value: ${text}}]}]
    backendRefs: [{name: ${text}, namespace: ${text}, port: 80}, {name: ok, port: 80}]
---
apiVersion: gateway.networking.k8s.io/v1
kind: HTTPRoute
metadata: {name: second, namespace: shop}
spec:
  parentRefs: [{name: fine}]
  rules:
  - matches: [{path: {value: /a}, headers: [{name: x-a, value: ${text}}], queryParams: [{name: q, value: ${text}}]}]
    filters:
    - {type: RequestRedirect, requestRedirect: {hostname: a.example, path: {type: ReplaceFullPath, replaceFullPath: ${JSON.stringify(`/${MARK}`)}}}}
---
apiVersion: gateway.k8s.aws/v1
kind: LoadBalancerConfiguration
metadata: {name: ${text}, namespace: shop}
spec: {loadBalancerName: ${text}, tags: {${text}: ${text}}, scheme: ${text}}
---
kind: ${text}
apiVersion: ${text}
metadata: {name: ${text}}
--- # ${MARK}
${MARK}: [
`;
}
