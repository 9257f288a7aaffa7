/** The page: built into dist, which the controller serves; `npm run dev -w packages/web` shows changes at once, on a controller at port 8080. */
import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';

const CONTROLLER = process.env['MILLRACE_URL'] ?? 'http://127.0.0.1:8080';

export default defineConfig({
  root: import.meta.dirname,
  plugins: [react()],
  // The server puts in a new one with each answer: what libraries add to the page's styles carries it.
  html: { cspNonce: 'CSP_NONCE' },
  // Strict CSP: nothing is put into the page itself.
  build: { outDir: 'dist', emptyOutDir: true, target: 'es2022', assetsInlineLimit: 0, modulePreload: { polyfill: false }, reportCompressedSize: false },
  server: { proxy: { '/api': CONTROLLER } },
});
