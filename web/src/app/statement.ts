// A statement's lines in the order of their sections, and what they add up to.
import type { Schemas } from './api';

export type Line = Schemas['StatementLine'];
export type Section = Line['section'];

const order: Section[] = [
  'energy',
  'sold',
  'mechanism',
  'bought',
  'shared',
  'contracts',
  'adjustment',
  'environment',
];

export const totalOf = (lines: Line[]): number =>
  lines.reduce((sum, { amount_fen }) => sum + (amount_fen ?? 0), 0);

/** A section without money has no total. */
export function sectionsOf(
  lines: Line[],
): { section: Section; lines: Line[]; total: number | null }[] {
  return order.flatMap((section) => {
    const own = lines.filter((line) => line.section === section);
    if (own.length === 0) return [];
    const total = own.some(({ amount_fen }) => amount_fen !== null) ? totalOf(own) : null;
    return [{ section, lines: own, total }];
  });
}
