import { utilityProcess, type MessagePortMain, type UtilityProcess } from 'electron';
import type { Restarts } from './restarts.ts';
import type { Role } from './roles.ts';
import { fromServicesSchema, type FromServices, type ToServices } from './services-messages.ts';

type Ready = Extract<FromServices, { kind: 'ready' }>;
type Failed = Extract<FromServices, { kind: 'failed' }>;

export interface ServicesOptions {
  readonly program: string;
  readonly configFile: string | null;
  readonly dataDir: string | null;
  readonly restarts: Restarts;
  readonly monotonicMs: () => number;
  /** Told at the first start and after every later one: the ports of before are dead. */
  readonly onReady: (ready: Ready) => void;
  /** A mistake in the set-up, or too many restarts: starting again cannot help. */
  readonly onGiveUp: (failed: Pick<Failed, 'sentence' | 'exitCode'>) => void;
}

/** The services in a process of their own, started again when that process dies. */
export class ServicesLink {
  readonly #options: ServicesOptions;
  #child: UtilityProcess | null = null;
  #isReady = false;
  #isClosing = false;

  constructor(options: ServicesOptions) {
    this.#options = options;
    this.#start();
  }

  /** Hands a port to the services; false while they are not ready, the caller connects again at `onReady`. */
  connect(role: Role, port: MessagePortMain): boolean {
    if (this.#isReady) this.#send({ kind: 'connect', role }, [port]);
    return this.#isReady;
  }

  /** Lets the services finish what they hold and end; resolves also when they do not within the limit. */
  async close(limitMs: number): Promise<void> {
    this.#isClosing = true;
    const child = this.#child;
    if (child === null) return;
    const { promise, resolve } = Promise.withResolvers<undefined>();
    const timer = setTimeout(() => {
      child.kill();
      resolve(undefined);
    }, limitMs);
    child.once('exit', () => {
      clearTimeout(timer);
      resolve(undefined);
    });
    this.#send({ kind: 'close' });
    await promise;
  }

  #start(): void {
    if (this.#isClosing) return;
    const { program, configFile, dataDir } = this.#options;
    const child = utilityProcess.fork(program, [], { serviceName: 'skranke services', stdio: 'inherit' });
    this.#child = child;
    child.on('message', (message: unknown) => {
      this.#onMessage(message);
    });
    child.once('exit', () => {
      this.#onExit();
    });
    this.#send({ kind: 'open', configFile, dataDir });
  }

  #send(message: ToServices, ports: MessagePortMain[] = []): void {
    this.#child?.postMessage(message, ports);
  }

  #onMessage(message: unknown): void {
    const parsed = fromServicesSchema.parse(message);
    if (parsed.kind === 'closed') return;
    if (parsed.kind === 'failed') {
      this.#isClosing = true;
      this.#options.onGiveUp(parsed);
      return;
    }
    this.#isReady = true;
    this.#options.onReady(parsed);
  }

  #onExit(): void {
    this.#isReady = false;
    this.#child = null;
    if (this.#isClosing) return;
    const waitMs = this.#options.restarts.next(this.#options.monotonicMs());
    if (waitMs === null) {
      this.#options.onGiveUp({ sentence: 'the services ended too often.', exitCode: 1 });
      return;
    }
    setTimeout(() => {
      this.#start();
    }, waitMs);
  }
}
