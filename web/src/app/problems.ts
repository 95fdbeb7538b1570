// Problems of the server (RFC 9457) as sentences for people, and which of them belong to a field.
import type { Problem } from './api';
import type { Words } from './words/en';

type Fault = NonNullable<Problem['errors']>[number];

/** The sentence that heads a problem. */
export function headOf(problem: Problem, words: Words): string {
  if (problem.status === 0) return words.unreached;
  if (problem.title) return problem.title;
  if (problem.status === 401) return words.mustSignIn;
  if (problem.status === 403) return words.forbidden;
  if (problem.status === 404) return words.notFound;
  return words.failed;
}

/** A field of a form and one of a problem are the same where the last part of their names is. */
const lastOf = (name: string) =>
  name
    .split(/[.[\]/]/)
    .filter(Boolean)
    .at(-1) ?? '';
const isOf = (fault: Fault, field: string) =>
  fault.field !== undefined && (fault.field === field || lastOf(fault.field) === field);

/** A fault's sentence without the place before it: for where a field or a form says the place. */
export function saidOf({ file, line, field, message }: Fault): string {
  const place = [file && (line ? `${file}:${line}` : file), field].filter(Boolean);
  const head = place.map((part) => `${part}: `).join('');
  return message.startsWith(head) ? message.slice(head.length) : message;
}

/** What is wrong with one field of a form. */
export const faultsOf = (problem: Problem | undefined, field: string): string[] =>
  (problem?.errors ?? []).filter((fault) => isOf(fault, field)).map(saidOf);

/** What is wrong but belongs to none of the form's fields. */
export const otherFaults = (problem: Problem | undefined, fields: string[]): Fault[] =>
  (problem?.errors ?? []).filter((fault) => !fields.some((field) => isOf(fault, field)));
