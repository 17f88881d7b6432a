/// <reference types="vite/client" />

interface ImportMetaEnv {
  /** Origin of the API when it is not the page's own; empty for the same origin. */
  readonly VITE_API_BASE_URL?: string;
  /** `yes` in builds, which register the service worker; `no` during development. */
  readonly VITE_SHELL_WORKER: 'yes' | 'no';
}

declare module '*.po' {
  import type { Messages } from '@lingui/core';
  export const messages: Messages;
}
