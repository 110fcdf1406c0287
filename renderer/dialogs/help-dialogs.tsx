import { allCommands, formatKeys, titleOf } from '../commands/index.ts';
import { useAppInfo } from '../engine/session.ts';
import { closeDialog } from '../state/ui.ts';
import { allViewports } from '../state/viewports.ts';
import { Button } from '../ui/button.tsx';
import { Dialog } from '../ui/dialog.tsx';
import { Pair, Pairs } from '../ui/group.tsx';
import { Icon } from '../ui/icons.tsx';
import { formatCount } from '../units/format.ts';

const TREE_KEYS = [
  ['↑ ↓', 'Move; with Shift, select on the way'],
  ['→ ←', 'Open and close'],
  ['*', 'Open everything below'],
  ['Space', 'Show or hide'],
  ['Enter', 'Fit in view'],
] as const;

export function ShortcutsDialog() {
  const commands = allCommands().filter(({ keys }) => keys && keys.length > 0);
  const categories = [...new Set(commands.map(({ category }) => category))];
  return (
    <Dialog title="Keyboard shortcuts" testId="shortcuts" wide onClose={closeDialog}>
      <div className="shortcuts">
        {categories.map((category) => (
          <section key={category}>
            <h3>{category}</h3>
            <ul>
              {commands
                .filter((command) => command.category === category)
                .map((command) => (
                  <li key={command.id} className="start-key">
                    <span className="truncate">{titleOf(command).replace(/…$/, '')}</span>
                    <span className="shortcut-keys">
                      {[...new Set(command.keys!.map(formatKeys))].map((keys) => (
                        <kbd key={keys}>{keys}</kbd>
                      ))}
                    </span>
                  </li>
                ))}
            </ul>
          </section>
        ))}
        <section>
          <h3>In the assembly tree</h3>
          <ul>
            {TREE_KEYS.map(([keys, what]) => (
              <li key={keys} className="start-key">
                <span>{what}</span>
                <kbd>{keys}</kbd>
              </li>
            ))}
          </ul>
        </section>
      </div>
    </Dialog>
  );
}

function Capability({ name, available, detail }: { name: string; available: boolean; detail: string }) {
  return (
    <Pair name={name}>
      <span className={`line-icon ${available ? 'done' : 'warning'}`}>
        <Icon name={available ? 'check' : 'warning'} size={14} />
      </span>
      <span className="selectable">{detail}</span>
    </Pair>
  );
}

/** What this Artificer is and what it can do on this machine. */
export function AboutDialog() {
  const info = useAppInfo((state) => state.info);
  const statistics = allViewports()[0]?.statistics();
  return (
    <Dialog
      title="About this Artificer"
      testId="about"
      onClose={closeDialog}
      foot={
        <Button kind="primary" onClick={closeDialog}>
          Close
        </Button>
      }
    >
      {!info ? (
        <p className="muted">The engine is not connected.</p>
      ) : (
        <Pairs>
          <Pair name="Version">{info.version}</Pair>
          <Pair name="Window">{info.front}</Pair>
          <Pair name="Engine">{info.engine}</Pair>
          <Pair name="Kernel">{info.kernel}</Pair>
          <Capability name="Numeric core" {...info.native} />
          <Capability name="Mesher" {...info.mesher} />
          {statistics && (
            <Pair name="Picture">
              {formatCount(statistics.triangles)} triangles, {formatCount(statistics.drawCalls)} draw calls
            </Pair>
          )}
          <Pair name="Network">none: nothing leaves this machine</Pair>
        </Pairs>
      )}
    </Dialog>
  );
}
