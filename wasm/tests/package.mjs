// The npm package as its users have it: packed, installed in a folder of its own, asked from Node.
// Prints `N passed, M failed` as scripts/check counts it. Usage: node wasm/tests/package.mjs PLUGIN
// PLUGIN is the built kubectl-gwchain: what it prints, the package must print byte for byte.

import { execFileSync } from "node:child_process";
import { existsSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { brotliCompressSync, constants } from "node:zlib";

// What the module may take of a page's download, in bytes.
const BUDGET = Number(readFileSync("wasm/budget.txt", "utf8"));
const FILES = ["LICENSE", "README.md", "gwchain.d.ts", "gwchain.js", "gwchain_bg.wasm", "package.json"];

let passed = 0;
let failed = 0;

function check(name, test) {
  try {
    test();
    passed += 1;
  } catch (error) {
    failed += 1;
    console.log(`${name}: ${error instanceof Error ? error.message : error}`);
  }
}

function equal(found, expected) {
  if (found === expected) return;
  let at = 0;
  while (found[at] === expected[at]) at += 1;
  throw new Error(`differs at ${at}: …${expected.slice(at, at + 60)} was …${found.slice(at, at + 60)}`);
}

/** Packs wasm/pkg, installs it, and gives the module that `import "gwchain"` would. */
async function installed(folder) {
  const packed = JSON.parse(execFileSync("npm", ["pack", "--json", "--pack-destination", folder], { cwd: "wasm/pkg" }));
  check("npm pack holds what it should", () => equal(packed[0].files.map((file) => file.path).sort().join(), FILES.join()));
  writeFileSync(join(folder, "package.json"), '{"private": true, "type": "module"}');
  const quiet = ["--offline", "--no-audit", "--no-fund", "--loglevel=error"];
  execFileSync("npm", ["install", ...quiet, join(folder, packed[0].filename)], { cwd: folder, stdio: "inherit" });
  const entry = join(folder, "node_modules/gwchain");
  const gwchain = await import(pathToFileURL(join(entry, "gwchain.js")));
  const bytes = readFileSync(join(entry, "gwchain_bg.wasm"));
  gwchain.initSync({ module: bytes });
  return { gwchain, bytes };
}

function vectors(folder) {
  return readdirSync(folder, { recursive: true })
    .filter((path) => path.endsWith("input.yaml"))
    .map((path) => join(folder, path.slice(0, -"/input.yaml".length)))
    .sort();
}

/** The same vector through the plugin and through the package. */
function compare(gwchain, plugin, folder, form, profile) {
  const environment = join(folder, "environment.yaml");
  const has = existsSync(environment);
  const file = join(folder, "input.yaml");
  const args = ["plan", "-f", file, "--profile", profile, "-o", form, ...(has ? ["--environment", environment] : [])];
  let expected;
  try {
    expected = execFileSync(plugin, args, { encoding: "utf8", stdio: ["ignore", "pipe", "ignore"] });
  } catch (error) {
    // Findings make it fail; what it prints counts.
    expected = error.stdout;
  }
  const input = { files: [{ name: file, text: readFileSync(file, "utf8") }], profile };
  if (has) input.environment = readFileSync(environment, "utf8");
  equal(gwchain.plan(input, form), expected);
}

function calls(gwchain) {
  const folder = "examples/gateway-chaining";
  const files = readdirSync(folder).map((name) => ({ name, text: readFileSync(join(folder, name), "utf8") }));
  const shown = gwchain.preview({ files });
  check("preview", () => {
    equal(shown.plan.stacks.length, 2);
    equal(JSON.stringify(gwchain.lint({ files })), JSON.stringify(shown.findings));
    for (const { file, start, end, values } of shown.links) {
      if (values.some(([stack, resource, field]) => field && !(field in shown.plan.stacks[stack].resources[resource].origins))) {
        throw new Error(`a link to a value without origin: ${files[file].text.slice(start, end)}`);
      }
    }
    if (!shown.links.some(({ file, start, end }) => files[file].text.slice(start, end) === "scheme: internet-facing")) {
      throw new Error("no link from the scheme");
    }
  });
  check("trace", () => equal(gwchain.trace({ files }, { url: "http://a.example.com/" }).answer.service, "example-ns/echoserver:80"));
  check("explain", () => {
    equal(gwchain.explain({ files }).form, "page");
    equal(gwchain.explain({ files }, "GWC0101").form, "markdown");
  });
  check("environment", () => equal(gwchain.environment("region: eu # ours", { clusterName: "a", vpc: null }), "region: eu # ours\nclusterName: a\n"));
  check("version", () => equal(gwchain.version(), JSON.parse(readFileSync("wasm/pkg/package.json")).version));
  check("ranges count UTF-16 units", () => {
    const text = "# 😀 ä\r\napiVersion: v1\r\nkind: Service\r\nmetadata: {name: 😀}\r\n";
    const { range } = gwchain.lint({ files: [{ name: "a", text }] })[0];
    equal(text.slice(range.start, range.end), "😀");
    equal([range.line, range.column].join(), "4,18");
  });
  for (const [name, ask] of Object.entries({
    "an unknown option": () => gwchain.preview({ files, colour: 1 }),
    "no input": () => gwchain.preview(undefined),
    "an environment that can't be read": () => gwchain.environment("a: [", {}),
    "no URL": () => gwchain.trace({ files }, { url: "a" }),
    "a subject that isn't there": () => gwchain.explain({ files }, "nowhere"),
  })) {
    check(`${name} is an error`, () => {
      let thrown;
      try {
        ask();
      } catch (error) {
        thrown = error;
      }
      if (!(thrown instanceof Error) || thrown instanceof WebAssembly.RuntimeError) throw new Error(`it threw ${thrown}`);
    });
  }
}

const plugin = process.argv[2];
const folder = mkdtempSync(join(tmpdir(), "gwchain-"));
try {
  const { gwchain, bytes } = await installed(folder);
  const size = brotliCompressSync(bytes, { params: { [constants.BROTLI_PARAM_QUALITY]: 11 } }).length;
  console.log(`gwchain_bg.wasm: ${bytes.length} bytes, ${size} after brotli, of ${BUDGET}`);
  check("the module is within its budget", () => {
    if (size > BUDGET) throw new Error(`${size} bytes after brotli, over ${BUDGET}`);
  });
  calls(gwchain);
  for (const vector of vectors("tests/vectors")) {
    check(`${vector}, reference`, () => compare(gwchain, plugin, vector, "reference", "aws-lbc"));
    check(`${vector}, json`, () => compare(gwchain, plugin, vector, "json", "gwchain"));
  }
} finally {
  rmSync(folder, { recursive: true, force: true });
}
console.log(`${passed} passed, ${failed} failed`);
process.exitCode = failed > 0 ? 1 : 0;
