/** The dialog that is open, if one is. */
export function Dialogs() {
  return null;
}
