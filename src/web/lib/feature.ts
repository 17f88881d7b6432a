import type { MessageDescriptor } from '@lingui/core';
import type { AnyRoute, useNavigate } from '@tanstack/react-router';
import type { ComponentType, ReactNode } from 'react';
import type { Me, Settings } from '../../shared/contracts/auth.ts';
import type { Locale } from '../../shared/errors.ts';
import { may, type Right } from '../../shared/permissions.ts';
import type { OfflineCopies } from './offline-copies.ts';

/** A link to a page, in the navigation or in the account's menu. */
export interface Place {
  readonly to: string;
  readonly label: MessageDescriptor;
  readonly icon: ComponentType<{ readonly size?: string; readonly 'aria-hidden': 'true' }>;
  /** Shown to people who have this right; to everybody if left out. */
  readonly right?: Right;
  /** The kind of screen on which it is shown; all if left out. */
  readonly screen?: 'phone' | 'computer';
}

/** What a command can use. */
interface CommandTools {
  readonly navigate: ReturnType<typeof useNavigate>;
  readonly saveSettings: (change: Partial<Settings>) => void;
  readonly signOut: () => Promise<void>;
}

/** An entry of the command palette. */
export interface CommandEntry {
  readonly id: string;
  readonly group: 'actions' | 'pages';
  /** A plain string for a label that is the same in every language. */
  readonly label: MessageDescriptor | string;
  /** Other words that people may type for it. */
  readonly also?: MessageDescriptor | string;
  readonly icon: ReactNode;
  readonly right?: Right;
  /** Offered while the page is in one of these languages; in all if left out. */
  readonly languages?: readonly Locale[];
  readonly run: (tools: CommandTools) => void;
}

/**
 * What a feature brings to the web app; app/features.ts lists all features. This is part of the first load, so pages and
 * commands are imported only when they are needed.
 */
export interface Feature {
  /** Routes below `signedInRoute`. */
  readonly pages?: readonly AnyRoute[];
  /** Routes below `rootRoute`, which need no sign-in. */
  readonly openPages?: readonly AnyRoute[];
  /** Its entry in the navigation. */
  readonly place?: Place;
  /** Its entries in the account's menu. */
  readonly accountPlaces?: readonly Place[];
  readonly commands?: () => Promise<{ readonly commands: readonly CommandEntry[] }>;
  /** What may be read without a connection. */
  readonly offline?: OfflineCopies;
}

type Audience = Pick<Place, 'right'>;

/** Whether this person may use an entry; undefined while the person is still unknown. */
export const isFor = ({ right }: Audience, me: Me | undefined): boolean =>
  right === undefined || (me !== undefined && may(me, right));

/** Whether an entry is shown to this person on this screen. */
export const isShown = (place: Place, me: Me | undefined, isPhone: boolean): boolean =>
  isFor(place, me) && place.screen !== (isPhone ? 'computer' : 'phone');
