import './commands/index.ts';
import { createRoot } from 'react-dom/client';
import { keepViews } from './actions/keep-view.ts';
import { type Connector, keepConnected } from './engine/connection.ts';
import { hydrate } from './engine/session.ts';
import { followSelection } from './geometry/follow-selection.ts';
import { App } from './shell/app.tsx';
import { joinDesktopShell } from './shell/desktop.ts';
import { reportError } from './state/messages.ts';

/** Opens the line to the engine and shows the window. */
export function start(connector: Connector): void {
  window.addEventListener('unhandledrejection', (event) => reportError(event.reason));
  createRoot(document.getElementById('root')!).render(<App />);
  joinDesktopShell();
  keepViews();
  followSelection();
  void keepConnected(connector, hydrate);
}
