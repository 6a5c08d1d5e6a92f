// What the page weighs, brotli-compressed as a host would send it. The whole may have 800 kB (issue 5). The module's own size is
// held by wasm/budget.txt; here it is printed.

import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { brotliCompressSync } from 'node:zlib';

const MOST = 800_000;

const files = readdirSync('dist', { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
const sizes = files.map((entry) => {
  const path = join(entry.parentPath, entry.name);
  return { path, size: brotliCompressSync(readFileSync(path)).length };
});
const sum = (some) => some.reduce((all, { size }) => all + size, 0);
const isModule = ({ path }) => path.endsWith('.wasm');
const page = sum(sizes);

for (const { path, size } of sizes) console.log(`${(size / 1000).toFixed(1).padStart(7)} kB  ${path}`);
console.log(`module ${(sum(sizes.filter(isModule)) / 1000).toFixed(1)} kB`);
const fits = page <= MOST;
console.log(`${fits ? '✓' : '✗'} the whole page: ${(page / 1000).toFixed(1)} of ${MOST / 1000} kB`);
console.log(fits ? '1 passed, 0 failed' : '0 passed, 1 failed');
process.exitCode = fits ? 0 : 1;
