import { FILTERS, STYLES } from '../../commands/view.ts';
import { CommandButton } from '../../shell/command-button.tsx';
import { commandEntries } from '../../shell/command-entries.ts';
import { useDocument } from '../../state/document.ts';
import { useView } from '../../state/view.ts';
import { Icon } from '../../ui/icons.tsx';
import { MenuButton } from '../../ui/menu.tsx';
import { viewEntries } from './view-entries.ts';

/** The strip of view tools at the top of the picture. */
export function HeadsUp() {
  const hasParts = useDocument((state) => state.placements.size > 0);
  const style = useView((state) => state.displayStyle);
  const filter = useView((state) => state.filter);
  if (!hasParts) return null;
  const styleIcon = STYLES.find((one) => one.style === style)?.icon ?? 'shadedEdges';
  const filterView = FILTERS.find((one) => one.filter === filter) ?? FILTERS[0]!;
  return (
    <div className="heads-up" role="toolbar" aria-label="View tools" data-testid="heads-up">
      <CommandButton id="view.fit" />
      <MenuButton label="Standard views" entries={viewEntries}>
        <Icon name="cube" />
        <Icon name="down" size={10} />
      </MenuButton>
      <MenuButton
        label="Display style"
        entries={() => commandEntries(STYLES.map((one) => `view.style.${one.style}`))}
        testId="display-style"
      >
        <Icon name={styleIcon} />
        <Icon name="down" size={10} />
      </MenuButton>
      <CommandButton id="view.orthographic" />
      <span className="toolbar-rule" />
      <CommandButton id="view.section" />
      <CommandButton id="view.explode" />
      <CommandButton id="tools.measure" />
      <span className="toolbar-rule" />
      <MenuButton
        label={`Selection filter: ${filterView.label.toLowerCase()}`}
        entries={() => commandEntries(FILTERS.map((one) => `select.filter.${one.filter}`))}
        className={`icon-button ${filter === 'auto' ? '' : 'active'}`}
        testId="selection-filter"
      >
        <Icon name={filter === 'auto' ? 'filter' : filterView.icon} />
        {filter !== 'auto' && <span className="small">{filterView.label}</span>}
        <Icon name="down" size={10} />
      </MenuButton>
    </div>
  );
}
