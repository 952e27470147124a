import react from '@vitejs/plugin-react';
import { defineConfig, type Plugin } from 'vite';

/**
 * The served page keeps index.html's strict content security policy. Hot reload cannot: it puts inline scripts and styles into the
 * page, so the development server alone leaves the policy out.
 */
const policyOnlyInBuild: Plugin = {
  name: 'convscope:policy-only-in-build',
  apply: 'serve',
  transformIndexHtml: (html) => html.replace(/<meta\s+http-equiv="Content-Security-Policy"[^>]*>/, ''),
};

export default defineConfig({
  plugins: [react(), policyOnlyInBuild],
  base: './',
  build: { target: 'es2023', assetsInlineLimit: 0 },
  worker: { format: 'es' },
  server: { host: '127.0.0.1', strictPort: false },
});
