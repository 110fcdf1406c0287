/** What a person prefers, kept by the engine for every window (`app.settings`). */
import * as v from 'valibot';
import { create } from 'zustand';
import { engine } from '../engine/connection.ts';

const SettingsSchema = v.object({
  theme: v.fallback(v.picklist(['system', 'light', 'dark']), 'system'),
  navigation: v.fallback(v.picklist(['solidworks', 'blender', 'fusion', 'catia']), 'solidworks'),
  meshAccuracy: v.fallback(v.picklist(['draft', 'default', 'fine']), 'default'),
  healOnImport: v.fallback(v.boolean(), false),
  layout: v.fallback(v.unknown(), null),
  colourMap: v.fallback(v.picklist(['turbo', 'viridis', 'cividis', 'diverging', 'rainbow']), 'turbo'),
});
export type Settings = v.InferOutput<typeof SettingsSchema>;

/** What `values` says, and the default for whatever it does not say or says wrongly. */
export const parseSettings = (values: Record<string, unknown>): Settings => {
  const filled: Record<string, unknown> = {};
  for (const key of Object.keys(SettingsSchema.entries)) filled[key] = values[`window.${key}`];
  return v.parse(SettingsSchema, filled);
};

export const useSettings = create<Settings>(() => parseSettings({}));

export const loadSettings = (values: Record<string, unknown>): void => useSettings.setState(parseSettings(values));

export function setSetting<K extends keyof Settings>(key: K, value: Settings[K]): void {
  useSettings.setState({ [key]: value } as Pick<Settings, K>);
  // A preference that could not be kept holds for this window at least.
  try {
    void engine()
      ['app.settings.set']({ key: `window.${key}`, value })
      .catch(() => {});
  } catch {}
}

export const resolvedTheme = (theme: Settings['theme']): 'light' | 'dark' =>
  theme === 'system' ? (globalThis.matchMedia?.('(prefers-color-scheme: dark)').matches ? 'dark' : 'light') : theme;
