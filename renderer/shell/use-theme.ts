import { useEffect } from 'react';
import { resolvedTheme, useSettings } from '../state/settings.ts';

/** Puts the theme on the page, and follows the system's while that is what the person prefers. */
export function useTheme(): void {
  const theme = useSettings((state) => state.theme);
  useEffect(() => {
    const apply = () => {
      document.documentElement.dataset['theme'] = resolvedTheme(theme);
    };
    apply();
    if (theme !== 'system') return;
    const system = matchMedia('(prefers-color-scheme: dark)');
    const follow = () => {
      apply();
      // A new object with the same content: the viewports and whoever else draws colours look again.
      useSettings.setState({ theme: 'system' });
    };
    system.addEventListener('change', follow);
    return () => system.removeEventListener('change', follow);
  }, [theme]);
}
