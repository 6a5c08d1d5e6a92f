// A real API server (scripts/testbed/apiserver) with the CRDs of the Gateway API, and objects put into it.

import { execFileSync, spawn } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync } from 'node:fs';
import { Agent, request } from 'node:https';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const ROOT = fileURLToPath(new URL('../../../', import.meta.url));
const SCRIPTS = join(ROOT, 'scripts/testbed/apiserver');

/** How long a kind may take until it is served, in milliseconds. */
const DEADLINE = 60_000;

/** Ports that are free now. */
async function ports(count) {
  const servers = Array.from({ length: count }, () => createServer());
  await Promise.all(servers.map((server) => new Promise((resolve) => server.listen(0, '127.0.0.1', resolve))));
  const found = servers.map((server) => String(server.address().port));
  await Promise.all(servers.map((server) => new Promise((resolve) => server.close(resolve))));
  return found;
}

/** The first top-level value of a field, and the name of a document of YAML. */
const field = (text, name) => new RegExp(`^${name}: *(.+)$`, 'm').exec(text)?.[1] ?? '';
const metadata = (text, name) => new RegExp(`^metadata:\\n(?: .*\\n)*? {2}${name}: *(.+)$`, 'm').exec(text)?.[1];

/** Where an object lives; plurals are regular for every kind that is used here. */
function pathOf(text) {
  const [version, kind] = [field(text, 'apiVersion'), field(text, 'kind').toLowerCase()];
  const plural = kind.endsWith('s') ? `${kind}es` : `${kind}s`;
  const namespace = metadata(text, 'namespace');
  const inside = namespace === undefined ? '' : `/namespaces/${namespace}`;
  return `/${version.includes('/') ? 'apis' : 'api'}/${version}${inside}/${plural}/${metadata(text, 'name')}`;
}

export class ApiServer {
  #child;
  #agent;
  #port;
  kubeconfig;

  static async start() {
    const server = new ApiServer();
    const folder = mkdtempSync(join(tmpdir(), 'gwchain-api-'));
    const [api, etcd, peer] = await ports(3);
    const child = spawn(join(SCRIPTS, 'run'), [folder, api, etcd, peer], { stdio: ['pipe', 'pipe', 'inherit'] });
    await new Promise((resolve, reject) => {
      child.stdout.once('data', resolve);
      child.once('error', reject);
      child.once('exit', () => reject(new Error('the API server does not start; the script says why above')));
    });
    const pki = (name) => readFileSync(join(folder, 'pki', name));
    server.#child = child;
    server.#port = api;
    server.#agent = new Agent({ ca: pki('ca.crt'), cert: pki('admin.crt'), key: pki('admin.key'), keepAlive: true });
    server.kubeconfig = join(folder, 'kubeconfig');
    await server.#install();
    return server;
  }

  async #install() {
    const folder = join(execFileSync(join(SCRIPTS, 'build')).toString().trim(), 'crds');
    const files = [...readdirSync(folder).map((name) => join(folder, name)), join(ROOT, 'tests/crds/gateway.k8s.aws.yaml')];
    const crds = files.flatMap((file) => documents(readFileSync(file, 'utf8')));
    await this.apply(crds.join('\n---\n'));
    for (const crd of crds) {
      const { spec } = JSON.parse(await this.ask('GET', pathOf(crd)));
      for (const { name } of spec.versions.filter(({ served }) => served)) {
        await this.#eventually(`/apis/${spec.group}/${name}/${spec.names.plural}?limit=1`);
      }
    }
  }

  async #eventually(path) {
    const end = Date.now() + DEADLINE;
    for (;;) {
      try {
        return await this.ask('GET', path);
      } catch (error) {
        if (Date.now() > end) throw error;
      }
    }
  }

  /** Writes every object of a text of YAML documents. */
  async apply(yaml) {
    for (const text of documents(yaml)) await this.ask('PATCH', `${pathOf(text)}?fieldManager=testbed&force=true`, text);
  }

  /** The answer to a request; an error when it is refused. */
  ask(method, path, body) {
    const headers = body === undefined ? {} : { 'content-type': 'application/apply-patch+yaml' };
    const options = { host: '127.0.0.1', port: this.#port, method, path, headers, agent: this.#agent };
    return new Promise((resolve, reject) => {
      const sent = request(options, async (response) => {
        const parts = [];
        for await (const part of response) parts.push(part);
        const text = Buffer.concat(parts).toString();
        if (response.statusCode < 300) resolve(text);
        else reject(new Error(`${method} ${path}: ${response.statusCode} ${text}`));
      });
      sent.on('error', reject);
      sent.end(body);
    });
  }

  /** Ends with the script, which ends with its standard input. */
  async stop() {
    this.#agent.destroy();
    this.#child.removeAllListeners('exit');
    const ended = new Promise((resolve) => this.#child.once('exit', resolve));
    this.#child.stdin.end();
    await ended;
  }
}

function documents(text) {
  return text.split(/^---\s*$/m).filter((part) => /^kind:/m.test(part));
}
