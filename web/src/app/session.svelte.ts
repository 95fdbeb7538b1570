// Who is signed in, and what his grants open in the menu. What he may in truth is the server's to
// say.
import { api, connection, forget, type Answer, type Schemas } from './api';

export type Session = Schemas['Session'];
export type Grant = Session['grants'][number];
export type Role = Grant['role'];

class SessionState {
  now = $state.raw<Session | undefined>();
  /** Until the server has answered once, nobody knows. */
  known = $state(false);

  isSignedIn = $derived(Boolean(this.now?.account));
  grants = $derived(this.now?.grants ?? []);
  roles = $derived(new Set(this.grants.map(({ role }) => role)));
  /** The household of his own, if he has one. */
  home = $derived(this.grants.find(({ role, holder }) => role === 'villager' && holder));

  start(): void {
    connection.onEnd = () => {
      this.take(undefined);
    };
  }

  async look(): Promise<Answer<Session>> {
    const answer = await api.get('/session');
    if (answer.ok) this.take(answer.value);
    else if (answer.problem.status !== 0) this.take(undefined);
    this.known = true;
    return answer;
  }

  take(session: Session | undefined): void {
    if (session?.account !== this.now?.account) forget();
    this.now = session;
    connection.csrf = session?.csrf ?? '';
  }

  async signIn(name: string, password: string): Promise<Answer<Session>> {
    const answer = await api.post('/session', { json: { name, password } });
    if (answer.ok) this.take(answer.value);
    return answer;
  }

  async signOut(): Promise<void> {
    await api.remove('/session');
    this.take(undefined);
  }

  has(role: Role, village?: string): boolean {
    return this.grants.some(
      (grant) =>
        grant.role === role && (!village || grant.village === '*' || grant.village === village),
    );
  }
}

export const session = new SessionState();
