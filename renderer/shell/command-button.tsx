import { commandOf, useCommand } from '../commands/index.ts';
import { IconButton } from '../ui/button.tsx';
import { Icon } from '../ui/icons.tsx';

/** A command as an icon in a toolbar; with `words`, as icon and text. */
export function CommandButton({ id, words, small }: { id: string; words?: string; small?: boolean }) {
  const { title, enabled, checked, keys, run } = useCommand(id);
  const icon = commandOf(id)?.icon ?? 'more';
  const label = title.replace(/…$/, '');
  if (words) {
    return (
      <button
        type="button"
        className="icon-button with-words"
        title={keys ? `${label} (${keys})` : label}
        disabled={!enabled}
        onClick={run}
        aria-pressed={checked}
      >
        <Icon name={icon} />
        <span>{words}</span>
      </button>
    );
  }
  return (
    <IconButton
      icon={icon}
      label={label}
      onClick={run}
      disabled={!enabled}
      {...(keys ? { keys } : {})}
      {...(small ? { small } : {})}
      {...(checked === undefined ? {} : { pressed: checked })}
      data-command={id}
    />
  );
}
