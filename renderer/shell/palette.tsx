import { Command } from 'cmdk';
import { useEffect, useRef } from 'react';
import { allCommands, formatKeys, isEnabled, runCommand, titleOf } from '../commands/index.ts';
import { useUi } from '../state/ui.ts';
import { Icon } from '../ui/icons.tsx';

/** Every command by its name. */
export function Palette() {
  const open = useUi((state) => state.paletteOpen);
  return open ? <OpenPalette /> : null;
}

function OpenPalette() {
  const dialog = useRef<HTMLDialogElement>(null);
  const close = () => useUi.setState({ paletteOpen: false });
  useEffect(() => {
    dialog.current!.showModal();
    return () => dialog.current?.close();
  }, []);
  const commands = allCommands().filter(({ hidden }) => !hidden);
  const categories = [...new Set(commands.map(({ category }) => category))];
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
      <Command label="Commands" loop>
        <div className="palette-search">
          <Icon name="search" />
          <Command.Input placeholder="What do you want to do?" autoFocus />
          <kbd>Esc</kbd>
        </div>
        <Command.List>
          <Command.Empty>No command is called that.</Command.Empty>
          {categories.map((category) => (
            <Command.Group key={category} heading={category}>
              {commands
                .filter((command) => command.category === category)
                .map((command) => (
                  <Command.Item
                    key={command.id}
                    value={titleOf(command)}
                    keywords={[category]}
                    disabled={!isEnabled(command)}
                    onSelect={() => {
                      close();
                      void runCommand(command.id);
                    }}
                  >
                    {command.icon ? <Icon name={command.icon} /> : <span className="menu-blank" />}
                    <span className="menu-label">{titleOf(command)}</span>
                    {command.keys?.[0] && <kbd>{formatKeys(command.keys[0])}</kbd>}
                  </Command.Item>
                ))}
            </Command.Group>
          ))}
        </Command.List>
      </Command>
    </dialog>
  );
}
