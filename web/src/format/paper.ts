// Style rules of printed pages that are not known before a plan is: names in the margins, measures.

/** A text as a CSS string; every character that could end it or the style sheet is escaped. */
export function cssString(text: string): string {
  const escaped = text.replace(
    /[\\"'<>&\u0000-\u001f]/g,
    (mark) => `\\${mark.charCodeAt(0).toString(16)} `,
  );
  return `"${escaped}"`;
}

export function marginText({ left, right, below }: { left: string; right: string; below: string }) {
  const box = (place: string, content: string) =>
    `@${place} { content: ${content}; font: 8.5pt system-ui, sans-serif; color: #4d5663; }`;
  return `@page { ${[
    box('top-left', cssString(left)),
    box('top-right', cssString(right)),
    box('bottom-left', cssString(below)),
    box('bottom-right', 'counter(page) " / " counter(pages)'),
  ].join(' ')} }`;
}

/** Adds rules to the document; returns how to take them away again. */
export function layOnPaper(rules: string): () => void {
  const sheet = new CSSStyleSheet();
  sheet.replaceSync?.(rules);
  document.adoptedStyleSheets = [...(document.adoptedStyleSheets ?? []), sheet];
  return () => {
    document.adoptedStyleSheets = document.adoptedStyleSheets.filter((each) => each !== sheet);
  };
}
