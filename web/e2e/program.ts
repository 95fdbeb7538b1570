// The real program as a journey's server: XIAOYUAN_PROGRAM serve --demo on a free port and a folder
// of its own; or, where XIAOYUAN_ADDRESS names one, a server that runs already.
import { spawn, type ChildProcess } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const startWithin_ms = 180_000;

export interface Program {
  address: string;
  /** Ends it as `systemctl stop` does; null where it is not ours. Gives its exit code. */
  stop: (() => Promise<number | null>) | null;
  /** Starts it again on the same port and folder. */
  start: () => Promise<void>;
  clean: () => void;
}

function launch(program: string, folder: string, listen: string): Promise<[ChildProcess, string]> {
  const child = spawn(program, ['serve', '--demo', '--data', folder, '--listen', listen], {
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  return new Promise((done, fail) => {
    let told = '';
    const timer = setTimeout(
      () => fail(new Error(`no address within time: ${told}`)),
      startWithin_ms,
    );
    child.once('exit', (code) => fail(new Error(`the program ended with ${code}: ${told}`)));
    const read = (piece: Buffer) => {
      told += piece.toString();
      const address = /https?:\/\/[\w.:[\]]+:\d+/.exec(told)?.[0];
      if (!address) return;
      clearTimeout(timer);
      child.removeAllListeners('exit');
      done([child, address]);
    };
    child.stdout?.on('data', read);
    child.stderr?.on('data', (piece: Buffer) => (told += piece.toString()));
  });
}

export async function startProgram(): Promise<Program> {
  const given = process.env.XIAOYUAN_ADDRESS;
  if (given) return { address: given, stop: null, start: async () => {}, clean: () => {} };
  const program = process.env.XIAOYUAN_PROGRAM;
  if (!program) throw new Error('XIAOYUAN_PROGRAM names no program to drive');
  const folder = mkdtempSync(join(tmpdir(), 'xiaoyuan-e2e-'));
  let [child, address] = await launch(program, folder, '127.0.0.1:0');
  return {
    address,
    stop: () =>
      new Promise((done) => {
        child.once('exit', (code) => done(code));
        child.kill('SIGTERM');
      }),
    start: async () => {
      [child, address] = await launch(program, folder, new URL(address).host);
    },
    clean: () => {
      if (child.exitCode === null) child.kill('SIGKILL');
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
