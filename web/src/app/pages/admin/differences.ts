// What changed between two texts, line by line: the longest common subsequence of their lines, so
// that the fewest lines are told as taken out or put in.
//
//   l(i, j) = 1 + l(i+1, j+1) where a_i = b_j, else max(l(i+1, j), l(i, j+1))

export interface Line {
  kind: 'same' | 'out' | 'in';
  text: string;
}

const linesOf = (text: string): string[] => text.replace(/\r\n/g, '\n').split('\n');

export function differences(before: string, after: string): Line[] {
  const a = linesOf(before);
  const b = linesOf(after);
  const wide = b.length + 1;
  const common = new Uint32Array((a.length + 1) * wide);
  const at = (i: number, j: number) => common[i * wide + j] ?? 0;
  for (let i = a.length - 1; i >= 0; i--)
    for (let j = b.length - 1; j >= 0; j--)
      common[i * wide + j] =
        a[i] === b[j] ? at(i + 1, j + 1) + 1 : Math.max(at(i + 1, j), at(i, j + 1));

  const found: Line[] = [];
  let [i, j] = [0, 0];
  while (i < a.length || j < b.length) {
    const [old, young] = [a[i], b[j]];
    if (old !== undefined && old === young) {
      found.push({ kind: 'same', text: old });
      i++;
      j++;
    } else if (old !== undefined && (young === undefined || at(i + 1, j) >= at(i, j + 1))) {
      found.push({ kind: 'out', text: old });
      i++;
    } else {
      found.push({ kind: 'in', text: young ?? '' });
      j++;
    }
  }
  return found;
}

/** The changed lines with a few around them; null where unchanged lines are left out. */
export function shortened(lines: Line[], around = 3): (Line | null)[] {
  const near = lines.map((_line, place) =>
    lines
      .slice(Math.max(0, place - around), place + around + 1)
      .some(({ kind }) => kind !== 'same'),
  );
  return lines.flatMap((line, place) => {
    if (near[place]) return [line];
    return place === 0 || near[place - 1] ? [null] : [];
  });
}
