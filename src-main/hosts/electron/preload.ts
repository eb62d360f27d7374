import { ipcRenderer } from 'electron';

/*
 * All a page gets from here is a port with the procedures of its role; nothing of Electron is exposed to it. The page's
 * scripts have run when the document is complete, so that is when a port is asked for; another comes by itself after the
 * services were started anew.
 */
window.addEventListener('DOMContentLoaded', () => {
  ipcRenderer.send('skranke-connect');
});

ipcRenderer.on('skranke-port', (event) => {
  window.postMessage({ kind: 'skranke-port' }, window.location.origin, [...event.ports]);
});

// Files and links dragged onto the window would be opened by it.
for (const name of ['dragover', 'drop', 'dragstart', 'contextmenu']) {
  window.addEventListener(name, (event) => {
    event.preventDefault();
  });
}
