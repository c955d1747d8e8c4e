// The document around every page of the site: no inline script, no inline style, nothing from elsewhere.

export interface Page {
  readonly language: 'zh' | 'en';
  readonly title: string;
  readonly description: string;
  /** What stands in #app before any script has run. */
  readonly html: string;
  readonly styles: readonly string[];
  readonly scripts: readonly string[];
  /** Modules that the scripts import first, so that they come with them and not after them. */
  readonly preload: readonly string[];
  /** Not for search engines. */
  readonly isPrivate?: boolean;
}

const languageTags = { zh: 'zh-CN', en: 'en' } as const;

/** The HTML document of a page. */
export function writePage({ language, title, description, html, styles, scripts, preload, isPrivate = false }: Page): string {
  return `<!doctype html>
<html lang="${languageTags[language]}">
<head>
<meta charset="utf-8">
<title>${escape(title)}</title>
<meta name="viewport" content="width=device-width, initial-scale=1, viewport-fit=cover">
<meta name="description" content="${escape(description)}">
<meta name="color-scheme" content="light dark">
<meta name="theme-color" content="#FAF7F0" media="(prefers-color-scheme: light)">
<meta name="theme-color" content="#141913" media="(prefers-color-scheme: dark)">
<meta name="format-detection" content="telephone=no">
${isPrivate ? '<meta name="robots" content="noindex">\n' : ''}${styles.map((file) => `<link rel="stylesheet" href="${file}">\n`).join('')}${preload.map((file) => `<link rel="modulepreload" href="${file}">\n`).join('')}<link rel="manifest" href="/manifest.webmanifest">
<link rel="icon" href="/icon.svg" type="image/svg+xml">
${scripts.map((file) => `<script type="module" src="${file}"></script>\n`).join('')}</head>
<body>
<div id="app">${html}</div>
</body>
</html>
`;
}

function escape(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('"', '&quot;');
}
