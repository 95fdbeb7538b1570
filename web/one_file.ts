// A Vite plugin that puts the built script and style sheet into the page itself, and writes a
// content policy that lets nothing else run and nothing be fetched.
import { createHash } from 'node:crypto';
import type { Plugin } from 'vite';

function policy(script: string): string {
  const hash = createHash('sha256').update(script).digest('base64');
  return [
    "default-src 'none'",
    `script-src 'sha256-${hash}'`,
    "style-src 'unsafe-inline'",
    'img-src data:',
    "base-uri 'none'",
    "form-action 'none'",
  ].join('; ');
}

export function oneFile(): Plugin {
  return {
    name: 'one-file',
    apply: 'build',
    enforce: 'post',
    generateBundle(_options, bundle) {
      const page = bundle['report.html'];
      if (page?.type !== 'asset') throw new Error('one-file: report.html is not in the bundle');
      let html = String(page.source);
      for (const [name, piece] of Object.entries(bundle)) {
        if (piece.type === 'chunk') {
          const script = piece.code.trim().replaceAll('</script', '<\\/script');
          html = html
            .replace(/<script type="module"[^>]*><\/script>/, '')
            .replace('</body>', () => `<script type="module">${script}</script>\n</body>`)
            .replace('POLICY', () => policy(script));
        } else if (name.endsWith('.css')) {
          const style = String(piece.source).trim();
          html = html.replace(/<link rel="stylesheet"[^>]*>/, () => `<style>${style}</style>`);
        }
        if (name !== 'report.html') delete bundle[name];
      }
      page.source = html;
    },
  };
}
