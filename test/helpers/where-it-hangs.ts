import { setTimeout as delay } from 'node:timers/promises';
import { z } from 'zod';

/** Node's own address for whoever asks a process with SIGUSR1. */
const inspector = 'http://127.0.0.1:9229/json';
const patienceMs = 5000;

const targetsSchema = z.array(z.object({ webSocketDebuggerUrl: z.string() })).min(1);
const pausedSchema = z.object({
  method: z.literal('Debugger.paused'),
  params: z.object({
    callFrames: z.array(
      z.object({ functionName: z.string(), url: z.string(), location: z.object({ lineNumber: z.int() }) }),
    ),
  }),
});

async function findTarget(): Promise<string> {
  const end = performance.now() + patienceMs;
  for (;;) {
    try {
      const targets = targetsSchema.parse(await (await fetch(inspector)).json());
      return targets[0]?.webSocketDebuggerUrl ?? '';
    } catch (error) {
      if (performance.now() > end) throw error;
      await delay(100);
    }
  }
}

/** What a Node process that no longer answers is doing right now: its stack, or why it could not be had. */
export async function whereItHangs(pid: number): Promise<string> {
  try {
    process.kill(pid, 'SIGUSR1');
    const socket = new WebSocket(await findTarget());
    try {
      return await new Promise<string>((resolve) => {
        setTimeout(() => resolve('it did not pause: no script runs in it'), patienceMs);
        socket.addEventListener('error', () => resolve('its inspector was not reached'));
        socket.addEventListener('open', () => {
          socket.send(JSON.stringify({ id: 1, method: 'Debugger.enable' }));
          socket.send(JSON.stringify({ id: 2, method: 'Debugger.pause' }));
        });
        socket.addEventListener('message', ({ data }) => {
          const paused = pausedSchema.safeParse(JSON.parse(String(data)));
          if (!paused.success) return;
          const lines = paused.data.params.callFrames.map(
            ({ functionName, url, location }) => `  ${functionName} ${url}:${location.lineNumber + 1}`,
          );
          resolve(lines.join('\n'));
        });
      });
    } finally {
      socket.close();
    }
  } catch (error) {
    return `its inspector was not reached: ${error instanceof Error ? error.message : String(error)}`;
  }
}
