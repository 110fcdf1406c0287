/** Keys of a field for text of many lines: Tab indents, Escape leaves, Ctrl+Enter runs what is written. */
import type { KeyboardEvent } from 'react';

interface TextKeys {
  readOnly: boolean;
  onChange: (text: string) => void;
  onRun: () => void;
}

export const textKeys =
  ({ readOnly, onChange, onRun }: TextKeys) =>
  (event: KeyboardEvent<HTMLTextAreaElement>): void => {
    if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) onRun();
    else if (event.key === 'Tab' && !event.shiftKey && !readOnly) {
      const { selectionStart, selectionEnd } = event.currentTarget;
      event.currentTarget.setRangeText('  ', selectionStart, selectionEnd, 'end');
      onChange(event.currentTarget.value);
    } else if (event.key === 'Escape') event.currentTarget.blur();
    else return;
    event.preventDefault();
    event.stopPropagation();
  };
