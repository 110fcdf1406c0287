/** Paints another quantity: what belonged to the numbers of the one before is let go. */
import { type DisplayQuantity, setDisplay, useResults } from '../../state/results.ts';
import { mainViewport } from '../../state/viewports.ts';

export async function chooseQuantity(quantity: DisplayQuantity): Promise<void> {
  setDisplay({ quantity, range: null, threshold: null, isoValues: [], plain: false });
  if (quantity !== 'element_error') return;
  // How large it gets is known only by the fields themselves.
  const [worst] = (await mainViewport()?.worstElements('element_error', 1)) ?? [];
  if (worst?.error && useResults.getState().display.quantity === quantity) setDisplay({ range: [0, worst.error] });
}
