// Puts a plan into the built page exactly as the C++ program does it.

const place = '__RESULTS__';

export function fill(page: string, results: string): string {
  const parts = page.split(place);
  if (parts.length !== 2)
    throw new Error(`the page holds ${place} ${parts.length - 1} times, not once`);
  return parts.join(results.replaceAll('<', '\\u003c'));
}
