import { cutText } from './graphemes.ts';
import { isTypingField } from './press-into.ts';

/**
 * An attachment: of something far too long only the part that could fit enters the field, so that a pasted megabyte is
 * never laid out.
 */
export function limitPaste(max: () => number): (field: HTMLElement) => () => void {
  return (field) => {
    const onBeforeInput = (event: InputEvent): void => {
      const added = event.data ?? event.dataTransfer?.getData('text/plain') ?? '';
      if (added.length <= max() || !isTypingField(field)) return;
      event.preventDefault();
      const end = field.value.length;
      // One more than fits: the field then knows that something was left out.
      const part = cutText(added, max() + 1);
      field.setRangeText(part, field.selectionStart ?? end, field.selectionEnd ?? end, 'end');
      field.dispatchEvent(new InputEvent('input', { bubbles: true, inputType: event.inputType }));
    };
    field.addEventListener('beforeinput', onBeforeInput);
    return () => field.removeEventListener('beforeinput', onBeforeInput);
  };
}
