/// <reference types="vite/client" />

interface ImportMetaEnv {
  /** Origin of the API when it is not the page's own; empty for the same origin. */
  readonly VITE_API_BASE_URL?: string;
  /** `yes` where the build keeps itself for opening without a connection; `no` while one develops. */
  readonly VITE_SHELL_WORKER: 'yes' | 'no';
}

declare module '*.po' {
  import type { Messages } from '@lingui/core';
  export const messages: Messages;
}
