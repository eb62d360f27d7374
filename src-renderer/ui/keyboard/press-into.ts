import { editText } from './edit-text.ts';

export type TypingField = HTMLInputElement | HTMLTextAreaElement;

/** Whether an element is one of our fields (TextField, TextArea), which carry data-field. */
export function isTypingField(element: unknown): element is TypingField {
  return (
    (element instanceof HTMLInputElement || element instanceof HTMLTextAreaElement) &&
    element.dataset['field'] !== undefined
  );
}

/** Types one key into a field at its caret and tells the field, as a real keyboard would. */
export function pressInto(field: TypingField, key: string): void {
  if (key === 'enter' && field instanceof HTMLInputElement) return;
  const end = field.value.length;
  const selection = { start: field.selectionStart ?? end, end: field.selectionEnd ?? end };
  const edit = editText(field.value, selection, key);
  if (edit.value === field.value) return;
  // Who walks among the keys stays there.
  const isOnKey = document.activeElement?.closest('[data-key]') !== null;
  if (document.activeElement !== field && !isOnKey) field.focus({ preventScroll: true });
  field.value = edit.value;
  field.setSelectionRange(edit.selection.start, edit.selection.end);
  field.dispatchEvent(new InputEvent('input', { bubbles: true, inputType: 'insertText' }));
  field.scrollIntoView({ block: 'nearest' });
  // A field that became too long to show follows the caret.
  if (edit.selection.end === edit.value.length) field.scrollTop = field.scrollHeight;
}
