import { useEffect } from 'react';
import { listenForKeys } from '../commands/index.ts';
import { Dialogs } from '../dialogs/dialogs.tsx';
import { resolvedTheme, useSettings } from '../state/settings.ts';
import { ConnectionBanner } from './connection-banner.tsx';
import { Dock } from './dock.tsx';
import { DropTarget } from './drop-target.tsx';
import { MenuBar } from './menu-bar.tsx';
import { Palette } from './palette.tsx';
import { StatusBar } from './status-bar.tsx';
import { Toasts } from './toasts.tsx';
import { Toolbar } from './toolbar.tsx';
import { useTheme } from './use-theme.ts';

/** The whole window. */
export function App() {
  useTheme();
  useEffect(listenForKeys, []);
  const theme = useSettings((state) => state.theme);
  return (
    <div className="app" data-theme-setting={resolvedTheme(theme)}>
      <MenuBar />
      <Toolbar />
      <ConnectionBanner />
      <main className="app-main">
        <Dock />
      </main>
      <StatusBar />
      <DropTarget />
      <Dialogs />
      <Palette />
      <Toasts />
    </div>
  );
}
