import type { ImapFlowOptions } from 'imapflow';

export interface ImapAccount {
  readonly options: ImapFlowOptions;
  readonly folder: string;
}

/**
 * Parses `imaps://user:password@host/folder`, percent-encoded; undefined for anything else. `imap:` uses STARTTLS, except
 * to this machine.
 */
export function parseImapUrl(address: string): ImapAccount | undefined {
  const url = URL.canParse(address) ? new URL(address) : undefined;
  if (url === undefined || !/^imaps?:$/.test(url.protocol) || url.hostname === '' || url.username === '')
    return undefined;
  const secure = url.protocol === 'imaps:';
  const [user, pass, folder] = [url.username, url.password, url.pathname.slice(1)].map((part) =>
    decodeURIComponent(part),
  );
  const isHere = /^(localhost|127\.\d+\.\d+\.\d+|\[::1\])$/.test(url.hostname);
  return {
    options: {
      host: url.hostname.replace(/^\[|\]$/g, ''),
      port: Number(url.port || (secure ? 993 : 143)),
      secure,
      ...(secure ? {} : { doSTARTTLS: !isHere }),
      auth: { user: user ?? '', pass: pass ?? '' },
      logger: false,
    },
    folder: folder === undefined || folder === '' ? 'INBOX' : folder,
  };
}
