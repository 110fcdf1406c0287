/** Files by the browser's dialog. */

/** By label. In the page and kept: a field that nothing holds may be gone before its dialog has been answered. */
const fields = new Map<string, HTMLInputElement>();

/** Empty when the person cancels. @param label what is asked for, for whoever does not see the dialog */
export function chooseFiles(label: string, { accept = '', multiple = false } = {}): Promise<File[]> {
  let field = fields.get(label);
  if (!field) {
    field = document.createElement('input');
    field.type = 'file';
    field.hidden = true;
    field.tabIndex = -1;
    field.ariaLabel = label;
    document.body.append(field);
    fields.set(label, field);
  }
  const input = field;
  input.accept = accept;
  input.multiple = multiple;
  // Chosen twice in a row, the same file counts twice.
  input.value = '';
  return new Promise((resolve) => {
    input.onchange = () => resolve([...(input.files ?? [])]);
    input.oncancel = () => resolve([]);
    input.click();
  });
}
