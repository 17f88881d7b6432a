import '@mantine/core/styles/default-css-variables.css';
import { MantineProvider, createTheme } from '@mantine/core';
import { useColorScheme } from '../lib/appearance.ts';
import type { CSSVariablesResolver } from '@mantine/core';
import type { ReactNode } from 'react';

const theme = createTheme({
  fontFamily: 'var(--font)',
  fontSizes: {
    xs: 'var(--size-13)',
    sm: 'var(--size-body)',
    md: 'var(--size-17)',
    lg: 'var(--size-20)',
    xl: 'var(--size-26)',
  },
  headings: { fontFamily: 'var(--font)' },
  defaultRadius: 'var(--radius-control)',
  respectReducedMotion: true,
  cursorType: 'pointer',
});

/** Mantine's colours are ours: tokens.css stays the only source, accents and dark included. */
const variables: CSSVariablesResolver = () => ({
  variables: {
    '--mantine-color-body': 'var(--surface)',
    '--mantine-color-white': 'var(--surface)',
    '--mantine-color-text': 'var(--text)',
    '--mantine-color-dimmed': 'var(--text-muted)',
    '--mantine-color-placeholder': 'var(--text-muted)',
    '--mantine-color-error': 'var(--danger)',
    '--mantine-color-default': 'var(--surface)',
    '--mantine-color-default-hover': 'var(--hover)',
    '--mantine-color-default-color': 'var(--text)',
    '--mantine-color-default-border': 'var(--line-strong)',
    '--mantine-color-anchor': 'var(--accent-ink)',
    '--mantine-primary-color-filled': 'var(--accent)',
    '--mantine-primary-color-filled-hover': 'var(--accent-hover)',
    '--mantine-primary-color-light': 'var(--accent-soft)',
    '--mantine-primary-color-light-hover': 'var(--accent-soft)',
    '--mantine-primary-color-light-color': 'var(--accent-ink)',
    '--mantine-primary-color-contrast': 'var(--on-accent)',
  },
  light: {},
  dark: {},
});

/** Around pages that use Mantine's larger parts (comboboxes, tags). Import each part's CSS where it is used. */
export function MantineTheme({ children }: { readonly children: ReactNode }) {
  return (
    <MantineProvider theme={theme} forceColorScheme={useColorScheme()} cssVariablesResolver={variables}>
      {children}
    </MantineProvider>
  );
}
