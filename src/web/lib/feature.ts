import type { MessageDescriptor } from '@lingui/core';
import type { AnyRoute, useNavigate } from '@tanstack/react-router';
import type { ComponentType, ReactNode } from 'react';
import type { Role, Settings } from '../../shared/contracts/auth.ts';
import type { Locale } from '../../shared/errors.ts';
import { may, type Right } from '../../shared/permissions.ts';
import type { OfflineCopies } from './offline-copies.ts';

/** A way to a page, in the navigation or in the account's menu. */
export interface Place {
  readonly to: string;
  readonly label: MessageDescriptor;
  readonly icon: ComponentType<{ readonly size?: string; readonly 'aria-hidden': 'true' }>;
  /** Shown to those who have it; to everybody if left out. */
  readonly right?: Right;
  /** The screens it is shown on; all of them if left out. */
  readonly screen?: 'phone' | 'computer';
}

/** What a command can do. */
interface CommandTools {
  readonly navigate: ReturnType<typeof useNavigate>;
  readonly saveSettings: (change: Partial<Settings>) => void;
  readonly signOut: () => Promise<void>;
}

/** An entry of the command palette. */
export interface CommandEntry {
  readonly id: string;
  readonly group: 'actions' | 'pages';
  /** Plain where it reads the same in every language. */
  readonly label: MessageDescriptor | string;
  /** Other words that people may type for it. */
  readonly also?: MessageDescriptor | string;
  readonly icon: ReactNode;
  readonly right?: Right;
  /** Languages of the page in which it is offered; all if left out. */
  readonly languages?: readonly Locale[];
  readonly run: (tools: CommandTools) => void;
}

/**
 * What a feature brings to the web app, listed once in app/features.ts. It travels with the first load: pages and commands
 * are imported when they are needed.
 */
export interface Feature {
  /** Routes below `signedInRoute`. */
  readonly pages?: readonly AnyRoute[];
  /** Routes below `rootRoute`, for whoever is not signed in. */
  readonly openPages?: readonly AnyRoute[];
  /** In the navigation. */
  readonly place?: Place;
  /** In the account's menu. */
  readonly accountPlaces?: readonly Place[];
  readonly commands?: () => Promise<{ readonly commands: readonly CommandEntry[] }>;
  /** What may be read without a connection. */
  readonly offline?: OfflineCopies;
}

type Audience = Pick<Place, 'right'>;

/** Whether something is for a person, who may not be known yet. */
export const isFor = ({ right }: Audience, role: Role | undefined): boolean =>
  right === undefined || (role !== undefined && may(role, right));

export const isShown = (place: Place, role: Role | undefined, isPhone: boolean): boolean =>
  isFor(place, role) && place.screen !== (isPhone ? 'computer' : 'phone');
