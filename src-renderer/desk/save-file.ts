import type { SaveFile } from '../state/desk-ports.ts';

/** The browser asks where to, or puts it among the downloads. */
export const saveFile: SaveFile = ({ name, type, text }) => {
  const address = URL.createObjectURL(new Blob([text], { type: `${type};charset=utf-8` }));
  const link = document.createElement('a');
  link.href = address;
  link.download = name;
  link.click();
  // After the click has been taken up.
  setTimeout(() => URL.revokeObjectURL(address), 1000);
};
