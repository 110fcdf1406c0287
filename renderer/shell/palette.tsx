import { Command } from 'cmdk';
import { useEffect, useMemo, useRef, useState } from 'react';
import { allCommands, formatKeys, isEnabled, isSuspended, runCommand, titleOf } from '../commands/index.ts';
import { findCommands } from '../commands/search.ts';
import { useUi } from '../state/ui.ts';
import { Icon, type IconName } from '../ui/icons.tsx';

interface Line {
  id: string;
  title: string;
  category: string;
  enabled: boolean;
  icon: IconName | undefined;
  keys: string | undefined;
}

/** Every command by its name. */
export function Palette() {
  const open = useUi((state) => state.paletteOpen);
  return open ? <OpenPalette /> : null;
}

function OpenPalette() {
  const dialog = useRef<HTMLDialogElement>(null);
  const [query, setQuery] = useState('');
  const close = () => useUi.setState({ paletteOpen: false });
  useEffect(() => {
    dialog.current!.showModal();
    // A modal dialog gives the focus to the first thing that can have it, which is the list's own frame.
    dialog.current!.querySelector('input')?.focus();
    return () => dialog.current?.close();
  }, []);
  // As they are when the palette opens: nothing changes beneath it.
  const lines = useMemo(
    () =>
      allCommands()
        .filter((command) => !command.hidden && !(command.scope && isSuspended(command)))
        .map(
          (command): Line => ({
            id: command.id,
            title: titleOf(command),
            category: command.category,
            enabled: isEnabled(command),
            icon: command.icon,
            keys: command.keys?.[0] && formatKeys(command.keys[0]),
          }),
        ),
    [],
  );
  const found = findCommands(lines, query);
  const searching = query.trim() !== '';
  const item = (line: Line) => (
    <Command.Item
      key={line.id}
      value={line.id}
      disabled={!line.enabled}
      onSelect={() => {
        close();
        void runCommand(line.id);
      }}
    >
      {line.icon ? <Icon name={line.icon} /> : <span className="menu-blank" />}
      <span className="menu-label">{line.title}</span>
      {searching && <span className="muted small">{line.category}</span>}
      {line.keys && <kbd>{line.keys}</kbd>}
    </Command.Item>
  );
  return (
    <dialog
      ref={dialog}
      className="palette"
      aria-label="Commands"
      data-testid="palette"
      onCancel={close}
      onClick={(event) => event.target === dialog.current && close()}
      onKeyDown={(event) => event.key === 'Escape' && close()}
    >
      <Command label="Commands" shouldFilter={false} loop>
        <div className="palette-search">
          <Icon name="search" />
          <Command.Input placeholder="What do you want to do?" value={query} onValueChange={setQuery} />
          <kbd>Esc</kbd>
        </div>
        <Command.List>
          <Command.Empty>No command is called that.</Command.Empty>
          {searching
            ? found.map(item)
            : [...new Set(lines.map(({ category }) => category))].map((category) => (
                <Command.Group key={category} heading={category}>
                  {lines.filter((line) => line.category === category).map(item)}
                </Command.Group>
              ))}
        </Command.List>
      </Command>
    </dialog>
  );
}
