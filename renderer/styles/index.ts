/** All styles, in the order in which they build on each other. */
import 'dockview-react/dist/styles/dockview.css';
import './tokens.css';
import './base.css';
import './controls.css';
import './shell.css';
import './panel.css';
import './tree.css';
import './lists.css';
import './materials.css';
import './studies.css';
import './study-settings.css';
import './results.css';
import './surrogates.css';
import './manufacture.css';
import './features.css';
import './viewport.css';
import './sketcher.css';
