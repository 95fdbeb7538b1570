// Chinese sentences as they are printed: where a mark stands beside a Chinese character it is the
// full-width one. The program writes half-width marks, which a terminal shows better; figures
// (25,688.27, 08:00) and English keep theirs.
const beside = '[\\u4e00-\\u9fff（）“”《》、，。：；]';
const marks: [RegExp, string][] = [
  [new RegExp(` ?\\(([^()\\n]*[\\u4e00-\\u9fff][^()\\n]*)\\) ?`, 'g'), '（$1）'],
  ...(
    [
      [',', '，'],
      [':', '：'],
      [';', '；'],
    ] as const
  ).map(
    ([half, full]): [RegExp, string] => [
      new RegExp(`(?<=${beside})${half} ?| ?${half} ?(?=${beside})`, 'g'),
      full,
    ],
  ),
];

export const printed = (text: string): string =>
  marks.reduce((so_far, [mark, full]) => so_far.replace(mark, full), text);
