import type { App, Session, WebContents } from 'electron';
import { roleOf, type Role } from './roles.ts';

/** A window stays on the page it was made for; everything else a page could open is denied. */
function confine(contents: WebContents): void {
  const stay = (event: { readonly url: string; preventDefault(): void }): void => {
    const current = roleOf(contents.getURL());
    const next = roleOf(event.url);
    if (next === null || (current !== null && current !== next)) event.preventDefault();
  };
  contents.on('will-navigate', stay);
  contents.on('will-frame-navigate', stay);
  contents.on('will-redirect', stay);
  contents.on('will-attach-webview', (event) => {
    event.preventDefault();
  });
  // A page that asks "really leave?" would hold the window open.
  contents.on('will-prevent-unload', (event) => {
    event.preventDefault();
  });
  contents.setWindowOpenHandler(() => ({ action: 'deny' }));
  contents.on('did-finish-load', () => {
    contents.setZoomFactor(1);
    void contents.setVisualZoomLevelLimits(1, 1);
  });
  contents.on('zoom-changed', () => {
    contents.setZoomFactor(1);
  });
}

/** Applies to every window there will ever be, so that none can be made without it. */
export function lockDownWindows(app: App): void {
  app.on('web-contents-created', (_event, contents) => {
    confine(contents);
  });
  // No proxy log-in, no client certificate, no "proceed anyway".
  app.on('login', (event) => {
    event.preventDefault();
  });
  app.on('select-client-certificate', (event) => {
    event.preventDefault();
  });
  app.on('certificate-error', (event, _contents, _url, _error, _certificate, decide) => {
    event.preventDefault();
    decide(false);
  });
}

/** Whoever works at the desk may put text on the clipboard and save a file; a visitor's window never. */
const deskMay = 'clipboard-sanitized-write';

/** A file that the page itself has just made. */
function isOwnFile(address: string): boolean {
  return address.startsWith('blob:') && roleOf(address.slice('blob:'.length)) === 'desk';
}

/** Camera, microphone, devices, notifications, dictionaries, network: nothing is allowed. */
export function lockDownSession(session: Session, role: Role): void {
  const isDesk = role === 'desk';
  session.setPermissionRequestHandler((_contents, permission, decide) => {
    decide(isDesk && permission === deskMay);
  });
  session.setPermissionCheckHandler((_contents, permission) => isDesk && permission === deskMay);
  session.setDevicePermissionHandler(() => false);
  session.setDisplayMediaRequestHandler(null);
  session.on('select-hid-device', (event, _details, decide) => {
    event.preventDefault();
    decide(null);
  });
  session.on('select-serial-port', (event, _ports, _contents, decide) => {
    event.preventDefault();
    decide('');
  });
  session.on('select-usb-device', (event, _details, decide) => {
    event.preventDefault();
    decide();
  });
  session.on('will-download', (event, item) => {
    if (!isDesk || !isOwnFile(item.getURL())) event.preventDefault();
  });
  // Chromium fetches dictionaries from the network.
  session.setSpellCheckerEnabled(false);
  session.webRequest.onBeforeRequest((details, decide) => {
    decide({ cancel: roleOf(details.url) === null && !(isDesk && isOwnFile(details.url)) });
  });
}
