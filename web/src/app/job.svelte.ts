// A job as a page follows it: news from the server as they come, and a question now and then in case
// that some were lost.
import { api, type Schemas } from './api';
import { live } from './live.svelte';

export type Job = Schemas['Job'];

const askEvery_ms = 4_000;
export const isOver = (job: Pick<Job, 'state'> | undefined): boolean =>
  job !== undefined && job.state !== 'waiting' && job.state !== 'running';

const isJob = (data: unknown): data is Job =>
  typeof data === 'object' && data !== null && 'state' in data && 'id' in data;

export class JobFollowed {
  job = $state.raw<Job | undefined>();
  /** The server knows it no more. */
  isGone = $state(false);

  /** Follows until the returned function is called; tells once when it is over. */
  follow(id: string, on_over: (job: Job) => void = () => undefined): () => void {
    let stopped = false;
    let timer: ReturnType<typeof setTimeout> | undefined;
    const take = (job: Job) => {
      if (stopped || isOver(this.job)) return;
      this.job = job;
      if (isOver(job)) on_over(job);
    };
    const ask = async () => {
      const answer = await api.get('/jobs/{job}', { at: { job: id } });
      if (stopped) return;
      if (answer.ok) take(answer.value);
      else if (answer.problem.status === 404) this.isGone = true;
      if (!isOver(this.job) && !this.isGone) timer = setTimeout(() => void ask(), askEvery_ms);
    };
    const unfollow = live.follow(`job/${id}`, ({ data }) => {
      if (isJob(data)) take(data);
      else void ask();
    });
    void ask();
    return () => {
      stopped = true;
      clearTimeout(timer);
      unfollow();
    };
  }
}
