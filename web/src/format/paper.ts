// The style rules that put a plan's names into the margins of printed pages.

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
