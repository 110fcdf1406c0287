/** One file by the browser's dialog. */

let field: HTMLInputElement | null = null;

/** Null when the person cancels. */
export function chooseFile(accept = ''): Promise<File | null> {
  // In the page and kept: a field that nothing holds may be gone before its dialog has been answered.
  if (!field) {
    field = document.createElement('input');
    field.type = 'file';
    field.hidden = true;
    field.tabIndex = -1;
    field.ariaLabel = 'File';
    document.body.append(field);
  }
  const input = field;
  input.accept = accept;
  input.value = '';
  return new Promise((resolve) => {
    input.onchange = () => resolve(input.files?.[0] ?? null);
    input.oncancel = () => resolve(null);
    input.click();
  });
}
