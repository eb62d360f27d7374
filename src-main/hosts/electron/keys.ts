import type { Input } from 'electron';
import type { Role } from './roles.ts';

const allowedNames: ReadonlySet<string> = new Set([
  ...[
    'Tab',
    'Enter',
    'Backspace',
    'Delete',
    'Home',
    'End',
    'Shift',
    'CapsLock',
    'AltGraph',
    'Dead',
    'Compose',
  ],
  ...['ArrowLeft', 'ArrowRight', 'ArrowUp', 'ArrowDown', 'PageUp', 'PageDown', 'Escape'],
]);

/** Staff work with text: select all, copy, cut, paste, undo. A visitor's window has no use for them. */
const deskShortcuts: ReadonlySet<string> = new Set(['a', 'c', 'v', 'x', 'z']);

/** An allow-list: whatever is not a letter, a sign or moving about never reaches Chromium, so no shortcut is left to find. */
export function isKeyAllowed(
  role: Role,
  input: Pick<Input, 'key' | 'control' | 'alt' | 'meta' | 'modifiers'>,
): boolean {
  // Keys without a sign of their own have names: F12, BrowserBack.
  const isSign = !/^[A-Za-z0-9]{2,}$/.test(input.key) && input.key !== '';
  const isThirdLevel = input.modifiers.includes('altgr');
  if (input.meta) return false;
  if (isThirdLevel) return isSign || allowedNames.has(input.key);
  if (input.alt) return false;
  if (input.control) return role === 'desk' && deskShortcuts.has(input.key.toLowerCase());
  return isSign || allowedNames.has(input.key);
}
