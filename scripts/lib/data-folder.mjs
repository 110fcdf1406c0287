/** Where what belongs to the person, and not to a project, is kept: recent files, window places, the sample's copy. */
import { homedir } from 'node:os';
import { join } from 'node:path';

export function dataFolder(env = process.env, platform = process.platform, home = homedir()) {
  if (env.ARTIFICER_DATA) return env.ARTIFICER_DATA;
  if (platform === 'darwin') return join(home, 'Library/Application Support/Artificer');
  if (platform === 'win32') return join(env.APPDATA ?? join(home, 'AppData/Roaming'), 'Artificer');
  return join(env.XDG_DATA_HOME || join(home, '.local/share'), 'artificer');
}
