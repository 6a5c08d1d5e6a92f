import { svelte } from '@sveltejs/vite-plugin-svelte';
import { defineConfig } from 'vitest/config';

// Relative paths: the page works under any path of any static host.
export default defineConfig({
  base: './',
  plugins: [svelte()],
  build: { target: ['chrome123', 'firefox120', 'safari17.5'], assetsInlineLimit: 0, modulePreload: { polyfill: false } },
  worker: { format: 'es' },
  test: { include: ['tests/unit/*.test.ts'], reporters: ['default', './tests/unit/reporter.ts'] },
  server: { fs: { allow: ['..'] } },
});
