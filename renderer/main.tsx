/** The page's beginning: styles, the line to the engine, and the window. */
import './styles/index.ts';
import { defaultConnector } from './engine/connectors.ts';
import { start } from './start.tsx';

start(defaultConnector());
