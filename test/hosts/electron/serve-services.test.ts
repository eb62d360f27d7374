import { EventEmitter } from 'node:events';
import { describe, expect, test, vi } from 'vitest';
import { serveServices, type OpenServices } from '../../../src-main/hosts/electron/serve-services.ts';
import { StandInPort } from '../../helpers/electron-stand-in.ts';

vi.mock('electron', () => import('../../helpers/electron-stand-in.ts'));

function setUp(hasDesk: boolean) {
  const parent = Object.assign(new EventEmitter(), { postMessage: vi.fn() });
  const connected: string[] = [];
  const close = vi.fn(() => Promise.resolve());
  const exit = vi.fn();
  const open: OpenServices = ({ configFile }) =>
    configFile === 'bad.json'
      ? Promise.reject(new Error('bad.json: not JSON.'))
      : Promise.resolve({ isDemonstration: false, hasDesk, connect: (role) => connected.push(role), close });
  serveServices(parent, {
    open,
    explain: (error) => (error instanceof Error ? { sentence: error.message, exitCode: 2 } : null),
    exit,
  });
  const say = (message: object, ports: StandInPort[] = []): void => {
    parent.emit('message', { data: message, ports });
  };
  return { parent, connected, close, exit, say };
}

/* A loaded machine may take its time. */
const patience = { timeout: 20_000 };

describe('the services’ process', () => {
  test('opens, gives each port the procedures of its role, closes', async () => {
    const { parent, connected, close, exit, say } = setUp(true);
    say({ kind: 'open', configFile: null, dataDir: null });
    await vi.waitFor(() =>
      expect(parent.postMessage).toHaveBeenCalledWith({
        kind: 'ready',
        isDemonstration: false,
        hasDesk: true,
      }),
    );
    const port = new StandInPort();
    say({ kind: 'connect', role: 'kiosk' }, [port]);
    say({ kind: 'connect', role: 'desk' }, [new StandInPort()]);
    expect(connected).toEqual(['kiosk', 'desk']);
    expect(port.isStarted).toBe(true);
    say({ kind: 'close' });
    await vi.waitFor(() => expect(exit).toHaveBeenCalledWith(0), patience);
    expect(close).toHaveBeenCalledOnce();
  });

  test('a desk is closed out on a terminal that may not have one, and anybody before it is open', async () => {
    const { parent, connected, say } = setUp(false);
    const early = new StandInPort();
    say({ kind: 'connect', role: 'kiosk' }, [early]);
    expect(early.isClosed).toBe(true);
    say({ kind: 'open', configFile: null, dataDir: null });
    await vi.waitFor(() => expect(parent.postMessage).toHaveBeenCalled(), patience);
    const port = new StandInPort();
    say({ kind: 'connect', role: 'desk' }, [port]);
    expect(port.isClosed).toBe(true);
    expect(connected).toEqual([]);
  });

  test('a mistake in the configuration becomes one sentence', async () => {
    const { parent, say } = setUp(false);
    say({ kind: 'open', configFile: 'bad.json', dataDir: null });
    const sentence = 'bad.json: not JSON.';
    await vi.waitFor(
      () => expect(parent.postMessage).toHaveBeenCalledWith({ kind: 'failed', sentence, exitCode: 2 }),
      patience,
    );
  });

  test('a message of another shape is a bug, and loud', () => {
    const { parent } = setUp(false);
    expect(() => parent.emit('message', { data: { kind: 'connect', role: 'it' }, ports: [] })).toThrow();
  });
});
