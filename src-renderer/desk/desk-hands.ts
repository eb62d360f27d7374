import type { DeskHands } from '../state/desk-ports.ts';

/** What a browser does for whoever sits at the desk. */
export const deskHands: DeskHands = {
  /** The browser asks where to, or puts it among the downloads. */
  saveFile: ({ name, type, text }) => {
    const address = URL.createObjectURL(new Blob([text], { type: `${type};charset=utf-8` }));
    const link = document.createElement('a');
    link.href = address;
    link.download = name;
    link.click();
    // After the click has been taken up.
    setTimeout(() => URL.revokeObjectURL(address), 1000);
  },
  copyText: (text) =>
    navigator.clipboard.writeText(text).then(
      () => true,
      () => false,
    ),
  printPage: () => {
    print();
  },
};
