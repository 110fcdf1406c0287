/** The menu of standard views that Space opens under the pointer. */
import { create } from 'zustand';

export const useViewMenu = create<{ at: { x: number; y: number } | null }>(() => ({ at: null }));

const pointer = { x: 0, y: 0, inside: false };
/** Told by the viewport, so that the menu opens where the pointer is. */
export const trackPointer = (x: number, y: number, inside: boolean): void => {
  pointer.x = x;
  pointer.y = y;
  pointer.inside = inside;
};

export function openViewMenu(): void {
  if (pointer.inside) {
    useViewMenu.setState({ at: { x: pointer.x - 40, y: pointer.y - 20 } });
    return;
  }
  const box = document.querySelector('[data-testid=viewport]')?.getBoundingClientRect();
  useViewMenu.setState({
    at: box ? { x: box.left + box.width / 2 - 100, y: box.top + box.height / 3 } : { x: 300, y: 200 },
  });
}
