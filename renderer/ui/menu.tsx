/** Menus: one popup for the menu bar, buttons with menus and context menus, with the whole keyboard. */
import { type KeyboardEvent, type ReactNode, useEffect, useLayoutEffect, useRef, useState } from 'react';
import { createPortal } from 'react-dom';
import { Icon, type IconName } from './icons.tsx';

export type MenuEntry =
  | { kind: 'separator' }
  | { kind: 'heading'; label: string }
  | {
      kind: 'item';
      label: string;
      icon?: IconName;
      keys?: string;
      disabled?: boolean;
      /** For items that are on or off. */
      checked?: boolean;
      run: () => void;
    };

interface MenuProps {
  label: string;
  entries: MenuEntry[];
  /** Where the menu's upper left corner wants to be. */
  at: { x: number; y: number };
  onClose: () => void;
  /** Left and right arrow, for a menu bar. */
  onSide?: (direction: -1 | 1) => void;
}

const MARGIN = 8;

/** The open popup itself. */
export function Menu({ label, entries, at, onClose, onSide }: MenuProps) {
  const element = useRef<HTMLDivElement>(null);
  const [place, setPlace] = useState<{ left: number; top: number } | null>(null);
  const close = useRef(onClose);
  close.current = onClose;

  useLayoutEffect(() => {
    const { width, height } = element.current!.getBoundingClientRect();
    setPlace({
      left: Math.max(MARGIN, Math.min(at.x, window.innerWidth - width - MARGIN)),
      top: Math.max(MARGIN, Math.min(at.y, window.innerHeight - height - MARGIN)),
    });
  }, [at.x, at.y]);

  useEffect(() => {
    const before = document.activeElement as HTMLElement | null;
    const outside = (event: PointerEvent) => {
      if (!element.current?.contains(event.target as Node)) close.current();
    };
    const away = () => close.current();
    document.addEventListener('pointerdown', outside, true);
    window.addEventListener('blur', away);
    return () => {
      document.removeEventListener('pointerdown', outside, true);
      window.removeEventListener('blur', away);
      before?.focus?.({ preventScroll: true });
    };
  }, []);

  // What is not yet in its place is hidden, and what is hidden takes no focus.
  const placed = place !== null;
  useEffect(() => {
    if (placed) element.current?.querySelector<HTMLElement>('button:not(:disabled)')?.focus();
  }, [placed]);

  const items = () => [...(element.current?.querySelectorAll<HTMLElement>('button:not(:disabled)') ?? [])];
  const onKeyDown = (event: KeyboardEvent) => {
    const all = items();
    const index = all.indexOf(document.activeElement as HTMLElement);
    const go = (to: number) => all[(to + all.length) % all.length]?.focus();
    if (event.key === 'ArrowDown') go(index + 1);
    else if (event.key === 'ArrowUp') go(index - 1);
    else if (event.key === 'Home') go(0);
    else if (event.key === 'End') go(-1);
    else if (event.key === 'Escape' || event.key === 'Tab') onClose();
    else if (event.key === 'ArrowLeft' && onSide) onSide(-1);
    else if (event.key === 'ArrowRight' && onSide) onSide(1);
    else if (event.key.length === 1 && event.key !== ' ' && !event.ctrlKey && !event.metaKey) {
      const letter = event.key.toLowerCase();
      const after = [...all.slice(index + 1), ...all.slice(0, index + 1)];
      after.find((item) => item.textContent?.trim().toLowerCase().startsWith(letter))?.focus();
    } else return;
    event.preventDefault();
    event.stopPropagation();
  };

  return createPortal(
    <div
      ref={element}
      className="menu"
      role="menu"
      aria-label={label}
      tabIndex={-1}
      style={place ?? { left: at.x, top: at.y, visibility: 'hidden' }}
      onKeyDown={onKeyDown}
      onContextMenu={(event) => event.preventDefault()}
    >
      {entries.map((entry, index) => {
        // Entries have no identity of their own, and the list does not change while it is open.
        const key = `${index}-${entry.kind}`;
        if (entry.kind === 'separator') return <hr key={key} className="menu-separator" />;
        if (entry.kind === 'heading') {
          return (
            <div key={key} className="menu-heading" role="presentation">
              {entry.label}
            </div>
          );
        }
        return (
          <button
            key={key}
            type="button"
            className="menu-item"
            {...(entry.checked === undefined
              ? { role: 'menuitem' }
              : { role: 'menuitemcheckbox', 'aria-checked': entry.checked })}
            disabled={entry.disabled}
            tabIndex={-1}
            onClick={() => {
              onClose();
              entry.run();
            }}
            onPointerMove={(event) => event.currentTarget.focus()}
          >
            {entry.checked ? (
              <Icon name="check" />
            ) : entry.icon ? (
              <Icon name={entry.icon} />
            ) : (
              <span className="menu-blank" />
            )}
            <span className="menu-label">{entry.label}</span>
            {entry.keys && <span className="menu-keys">{entry.keys}</span>}
          </button>
        );
      })}
    </div>,
    document.body,
  );
}

interface MenuButtonProps {
  label: string;
  entries: () => MenuEntry[];
  children: ReactNode;
  className?: string;
  disabled?: boolean;
  testId?: string;
}

/** A button that opens a menu beneath itself. */
export function MenuButton({ label, entries, children, className = 'icon-button', disabled, testId }: MenuButtonProps) {
  const button = useRef<HTMLButtonElement>(null);
  const [open, setOpen] = useState<MenuEntry[] | null>(null);
  // Asking where it is makes the browser lay out the page: only where that is needed.
  const box = open === null ? undefined : button.current?.getBoundingClientRect();
  return (
    <>
      <button
        ref={button}
        type="button"
        className={className}
        aria-label={label}
        title={label}
        aria-haspopup="menu"
        aria-expanded={open !== null}
        disabled={disabled}
        data-testid={testId}
        onClick={() => setOpen(open ? null : entries())}
        onKeyDown={(event) => {
          if (event.key !== 'ArrowDown') return;
          event.preventDefault();
          setOpen(entries());
        }}
      >
        {children}
      </button>
      {open && box && (
        <Menu label={label} entries={open} at={{ x: box.left, y: box.bottom + 4 }} onClose={() => setOpen(null)} />
      )}
    </>
  );
}
