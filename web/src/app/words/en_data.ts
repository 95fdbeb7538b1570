// Words of the data page, in English.
export const enData = {
  heading: 'Open data',
  lead: 'Every figure with its unit and its document; the same numbers that the pages show.',
  tabs: { sets: 'Data sets', dictionary: 'Data dictionary', guide: 'API guide' },
  tabsLabel: 'What to look at',

  access: {
    open: 'open to everybody',
    villages: 'of the villages that you may see',
    researchers: 'for researchers: consented households under pseudonyms',
  },
  notAllowed: 'Not for you as you are signed in.',
  signIn: 'Sign in',
  villagesOf: 'Villages in it',
  noVillages: 'There is no village in it for you.',
  chooseVillage: 'Village',
  release: 'Release (year)',
  latest: 'this year',
  pseudonyms: 'Pseudonyms stay the same within a release and differ from one to the next. Nothing comes where fewer than five households have consented.',
  columns: (count: string) => `${count} columns`,
  column: 'Column',
  type: 'Type',
  unit: 'Unit',
  meaning: 'Meaning',
  types: {
    text: 'text',
    integer: 'whole number',
    number: 'number',
    day: 'day',
    month: 'month',
    boolean: 'yes or no',
  },
  dictionaryLead: 'Every column of every set. Also for machines:',
  find: 'Find a column',
  findHint: 'name, unit or meaning',
  noParquet: 'CSV opens in every spreadsheet and in every notebook. Cells that begin like a formula are kept as text.',

  guideLead: 'Everything that these pages show comes from one API under /api/v1, and you may use it as they do.',
  guideDocument: 'The whole API as an OpenAPI document:',
  copy: 'Copy',
  copied: 'Copied',
  run: 'Run it here',
  answer: (status: string, bytes: string) => `Status ${status}, ${bytes} bytes`,
  shortened: '… (shortened)',
  needsToken: 'needs a token',
  parts: {
    read: {
      title: 'Read without signing in',
      text: 'Factors, tariffs and the villages that their committees have opened.',
    },
    token: {
      title: 'Read with a token',
      text: 'Make a token under “My account”; it may do what you may do. Keep it like a password.',
    },
    again: {
      title: 'Ask only for what is new',
      text: 'Every answer has an ETag. Send it back: 304 says that nothing has changed.',
    },
    pages: {
      title: 'Long lists',
      text: 'A list answers items and next; give next as after for the page behind it.',
    },
    write: {
      title: 'Write safely',
      text: 'With an Idempotency-Key the same request sent twice is done once. Here a claim is held against the factors.',
    },
    errors: {
      title: 'When something is wrong',
      text: 'Errors are problem details (RFC 9457): every error of the input at once, with its field.',
    },
    live: {
      title: 'Live',
      text: 'Changes come as server-sent events; the stream stays open.',
    },
  },
  python: 'In a notebook',
};

export type DataWords = typeof enData;
