import { useUi } from '../state/ui.ts';
import { Icon } from '../ui/icons.tsx';

/** News that needs no action. Read out by screen readers, gone by itself. */
export function Toasts() {
  const toasts = useUi((state) => state.toasts);
  return (
    <div className="toasts" role="status" aria-live="polite">
      {toasts.map(({ id, text }) => (
        <div key={id} className="toast">
          <Icon name="check" />
          <span className="truncate">{text}</span>
        </div>
      ))}
    </div>
  );
}
