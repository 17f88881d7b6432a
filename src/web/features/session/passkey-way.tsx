import parts from './sign-in-parts.module.css';
import styles from './passkey-way.module.css';
import { Trans } from '@lingui/react/macro';
import { IconFingerprint } from '@tabler/icons-react';
import { useAction } from '../../lib/action.ts';
import { classNames } from '../../ui/class-names.ts';
import { Button } from '../../ui/button.tsx';
import { describePasskeyFailure, signInWithPasskey } from './passkey-calls.ts';
import type { ResponseOf } from '../../../shared/api-client.ts';

interface PasskeyWayProps {
  readonly onSignedIn: (answer: ResponseOf<'POST /auth/passkey-sessions'>) => void;
}

/** The button that signs in with a passkey of the device or password manager, unlocked by finger, face or PIN. */
export function PasskeyWay({ onSignedIn }: PasskeyWayProps) {
  const enter = useAction(signInWithPasskey, { onDone: onSignedIn });
  return (
    <div className={classNames(parts['sign-in-form'], parts['passkey-way'])}>
      <p className={styles['passkey-or']} aria-hidden="true">
        <Trans>ou</Trans>
      </p>
      <Button
        wide
        busy={enter.isPending}
        icon={<IconFingerprint size="1.25rem" aria-hidden="true" />}
        onClick={() => {
          enter.run(undefined);
        }}
      >
        <Trans>Entrar com chave de acesso</Trans>
      </Button>
      <p role="status" className={parts['sign-in-note']} data-tone="danger">
        {enter.error !== undefined && describePasskeyFailure(enter.error)}
      </p>
    </div>
  );
}
