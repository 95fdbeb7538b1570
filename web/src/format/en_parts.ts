// Words of the pieces that the report and the app share, in English.
export const enParts = {
  locale: 'en',
  languageSwitch: 'Language',
  skip: 'Skip to the content',
  showAll: (count: string) => `Show all ${count}`,
  showFewer: 'Show fewer',
  sideways: 'Move sideways to see all of it',
  sortBy: (column: string) => `Sort by ${column}`,
  grades: { green: 'Green', yellow: 'Yellow', red: 'Red' },
};
