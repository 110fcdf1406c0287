/** Two results side by side. */
import { runCommand } from '../commands/registry.ts';
import { showResult, useResults } from '../state/results.ts';

/** Long enough for the second picture to have been made. */
const FIT_DELAY = 600;

/** Shows the first as the result in view, and the second beside it in the same quantity and frame. */
export function compareResults(first: string, second: string): void {
  showResult(first);
  useResults.setState({ compared: second, comparedView: { quantity: null, frame: null } });
  // Each picture is now half as wide: fitted again once both are there.
  setTimeout(() => void runCommand('view.fit'), FIT_DELAY);
}
