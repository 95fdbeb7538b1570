// A file of the server as text, with the mark that a change must bring back.
import type { Answer, Problem } from '../../api';

export interface FileText {
  text: string;
  etag: string;
}

export async function readText(address: string, signal?: AbortSignal): Promise<Answer<FileText>> {
  try {
    const response = await fetch(address, {
      credentials: 'same-origin',
      cache: 'no-store',
      signal: signal ?? null,
    });
    const etag = response.headers.get('ETag') ?? '';
    if (response.ok) return { ok: true, value: { text: await response.text(), etag }, etag };
    const found = (await response.json().catch(() => ({}))) as Partial<Problem>;
    const problem = { ...found, type: found.type ?? 'about:blank', title: found.title ?? '' };
    return { ok: false, problem: { ...problem, status: response.status } };
  } catch {
    const type = signal?.aborted ? 'about:aborted' : 'about:lost';
    return { ok: false, problem: { type, title: '', status: 0 } };
  }
}
