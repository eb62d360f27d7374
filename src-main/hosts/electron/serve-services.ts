import type { MessagePortMain, ParentPort } from 'electron';
import type { Role } from './roles.ts';
import { toServicesSchema, type FromServices } from './services-messages.ts';

/** What this host needs of an opened station. */
export interface OpenedServices {
  readonly isDemonstration: boolean;
  readonly hasDesk: boolean;
  /** Gives a port the procedures of its role; what the port may call is settled here and nowhere later. */
  connect(role: Role, port: MessagePortMain): void;
  close(): Promise<void>;
}

export type OpenServices = (options: {
  readonly configFile: string | null;
  readonly dataDir: string | null;
}) => Promise<OpenedServices>;

export interface ServeOptions {
  readonly open: OpenServices;
  /** A mistake of whoever set it up becomes one sentence; anything else is a bug and ends the process. */
  readonly explain: (error: unknown) => { readonly sentence: string; readonly exitCode: number } | null;
  readonly exit: (code: number) => void;
}

/** Hands a port over to its procedures, or closes it: a desk needs a terminal that may have one. */
function connect(services: OpenedServices | null, role: Role, port: MessagePortMain | undefined): void {
  if (port === undefined) return;
  if (services === null || (role === 'desk' && !services.hasDesk)) {
    port.close();
    return;
  }
  services.connect(role, port);
  port.start();
}

/** The side of the services' process: opens the station when told to, connects ports, closes. */
export function serveServices(
  parent: Pick<ParentPort, 'on' | 'postMessage'>,
  { open, explain, exit }: ServeOptions,
): void {
  let services: OpenedServices | null = null;
  const tell = (message: FromServices): void => {
    parent.postMessage(message);
  };
  const openThem = async (configFile: string | null, dataDir: string | null): Promise<void> => {
    try {
      services = await open({ configFile, dataDir });
      tell({ kind: 'ready', isDemonstration: services.isDemonstration, hasDesk: services.hasDesk });
    } catch (error) {
      const explained = explain(error);
      if (explained === null) throw error;
      tell({ kind: 'failed', ...explained });
    }
  };
  const closeThem = async (): Promise<void> => {
    await services?.close();
    tell({ kind: 'closed' });
    exit(0);
  };
  parent.on('message', (event) => {
    const message = toServicesSchema.parse(event.data);
    if (message.kind === 'open') void openThem(message.configFile, message.dataDir);
    else if (message.kind === 'close') void closeThem();
    else connect(services, message.role, event.ports[0]);
  });
}
