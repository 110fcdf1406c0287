import { type KeyboardEvent, useRef, useState } from 'react';
import { STUDY_TYPES } from '../../preload/contract/index.ts';
import { commandOf, runCommand, useCommand } from '../commands/index.ts';
import { FILTERS, STYLES, VIEWS } from '../commands/view.ts';
import { PANELS } from '../commands/window.ts';
import { useDocument } from '../state/document.ts';
import { Icon } from '../ui/icons.tsx';
import { Menu } from '../ui/menu.tsx';
import { commandEntries } from './command-entries.ts';

const MENUS: { label: string; commands: string[] }[] = [
  {
    label: 'File',
    commands: [
      'file.new',
      'file.open',
      '-',
      'file.import',
      'file.importOptions',
      'file.export',
      'file.picture',
      '-',
      'file.saveAs',
      'file.info',
      'file.close',
    ],
  },
  {
    label: 'Edit',
    commands: ['edit.undo', 'edit.redo', '-', 'edit.rename', 'edit.remove', '-', 'edit.preferences'],
  },
  {
    label: 'View',
    commands: [
      'view.fit',
      'view.fitSelection',
      'view.normalTo',
      ...VIEWS.map(({ view }) => `view.${view}`),
      '-',
      ...STYLES.map(({ style }) => `view.style.${style}`),
      '-',
      'view.orthographic',
      'view.section',
      'view.explode',
      '-',
      'view.hide',
      'view.isolate',
      'view.showAll',
      '-',
      'view.theme',
    ],
  },
  {
    label: 'Select',
    commands: [
      ...FILTERS.map(({ filter }) => `select.filter.${filter}`),
      '-',
      'select.all',
      'select.samePart',
      'select.clear',
    ],
  },
  {
    label: 'Part',
    commands: [
      'part.new',
      'part.samples',
      '-',
      'feature.sketch',
      'feature.extrude',
      'feature.revolve',
      'feature.hole',
      'feature.fillet',
      'feature.chamfer',
      'feature.shell',
      'feature.linear-pattern',
      'feature.circular-pattern',
      'feature.mirror',
      'feature.offset-face',
      '-',
      'part.manufacture',
      'part.makeEditable',
      'part.reimport',
      'part.script',
      'part.readAsScript',
      '-',
      'part.rollForward',
    ],
  },
  {
    label: 'Study',
    commands: [
      'study.new',
      ...STUDY_TYPES.map((type) => `study.new.${type}`),
      '-',
      'study.solve',
      'study.surrogate',
      'study.surrogate.live',
      'study.surrogate.give',
      'study.surrogate.bring',
      '-',
      'result.toggle',
      'result.deform',
      'result.animate',
      'result.mesh',
      'result.arrows',
      'result.slices',
      'result.quality',
      'result.probe',
      'result.path',
      'result.elements',
      'result.split',
      '-',
      'tools.measure',
    ],
  },
  {
    label: 'Design',
    commands: [
      'design.open',
      'design.new',
      '-',
      'design.run',
      'design.stop',
      '-',
      'design.take',
      'design.branch',
      '-',
      'branch.next',
      'branch.base',
      'branch.take',
      'branch.drop',
      'branch.reopen',
    ],
  },
  {
    label: 'Window',
    commands: [
      ...PANELS.map(({ panel }) => `window.panel.${panel}`),
      '-',
      'window.bottom',
      'window.resetLayout',
      'window.reconnect',
    ],
  },
  { label: 'Help', commands: ['help.open', 'help.shortcuts', 'window.palette', '-', 'help.about'] },
];

/** Menus at the left, the project in the middle, the way to every command at the right. */
export function MenuBar() {
  const [open, setOpen] = useState<number | null>(null);
  const bar = useRef<HTMLDivElement>(null);
  const project = useDocument((state) => state.project);
  const palette = useCommand('window.palette');
  const button = (index: number) => bar.current?.querySelectorAll<HTMLElement>('[role=menuitem]')[index];
  const step = (from: number, by: number) => (from + by + MENUS.length) % MENUS.length;
  const box = open === null ? undefined : button(open)?.getBoundingClientRect();

  const onKeyDown = (event: KeyboardEvent, index: number) => {
    if (event.key === 'ArrowRight' || event.key === 'ArrowLeft') {
      button(step(index, event.key === 'ArrowRight' ? 1 : -1))?.focus();
    } else if (event.key === 'ArrowDown') setOpen(index);
    else return;
    event.preventDefault();
    event.stopPropagation();
  };

  return (
    <header className="menu-bar">
      <svg className="menu-mark" viewBox="0 0 32 32" width="16" height="16" aria-hidden="true">
        <path
          d="M6 26 16 5l10 21M10.500 19h11"
          fill="none"
          stroke="currentColor"
          strokeWidth="3.5"
          strokeLinecap="round"
          strokeLinejoin="round"
        />
      </svg>
      <div ref={bar} role="menubar" aria-label="Main menu" className="menu-bar-menus" tabIndex={-1}>
        {MENUS.map(({ label }, index) => (
          <button
            key={label}
            type="button"
            role="menuitem"
            aria-haspopup="menu"
            aria-expanded={open === index}
            className="menu-bar-button"
            tabIndex={index === 0 ? 0 : -1}
            onPointerDown={(event) => {
              event.preventDefault();
              setOpen(open === index ? null : index);
            }}
            onPointerEnter={() => open !== null && open !== index && setOpen(index)}
            onClick={(event) => event.detail === 0 && setOpen(index)}
            onKeyDown={(event) => onKeyDown(event, index)}
          >
            {label}
          </button>
        ))}
      </div>
      <span className="menu-bar-title truncate" title={project?.path}>
        {project?.encrypted && <Icon name="lock" size={12} />}
        {project?.name ?? 'No project'}
      </span>
      <button
        type="button"
        className="palette-button"
        onClick={() => void runCommand('window.palette')}
        aria-label={`${commandOf('window.palette')?.title as string} (${palette.keys})`}
      >
        <Icon name="search" size={14} />
        <span>Search commands</span>
        <kbd>{palette.keys}</kbd>
      </button>
      {open !== null && box && (
        <Menu
          key={open}
          label={MENUS[open]!.label}
          entries={commandEntries(MENUS[open]!.commands)}
          at={{ x: box.left, y: box.bottom }}
          onClose={() => setOpen(null)}
          onSide={(direction) => setOpen(step(open, direction))}
        />
      )}
    </header>
  );
}
