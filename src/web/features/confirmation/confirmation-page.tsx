import styles from './confirmation-page.module.css';
import { Trans, useLingui } from '@lingui/react/macro';
import { useParams } from '@tanstack/react-router';
import { useEffect, useEffectEvent, useState } from 'react';
import type { ResponseOf } from '../../../shared/api-client.ts';
import { useAction } from '../../lib/action.ts';
import { ApiError, publicApi } from '../../lib/api.ts';
import { formatDay, formatPhone, formatTime } from '../../lib/format.ts';
import { Button } from '../../ui/button.tsx';
import { Wordmark } from '../../ui/mark.tsx';
import { useWindowTitle } from '../../ui/page.tsx';
import { Delayed } from '../../ui/skeleton.tsx';
import { EmptyState, FailureState } from '../../ui/states.tsx';
import { Failure } from '../../ui/failure.tsx';

type Confirmation = ResponseOf<'GET /public/confirmations/{token}'>;
type Answer = NonNullable<Confirmation['answer']>;

/** What somebody with the link of a message sees. Opening it changes nothing; only a button does. */
export function ConfirmationPage() {
  const { token = '' } = useParams({ strict: false });
  return <OfLink key={token} token={token} />;
}

function OfLink({ token }: { readonly token: string }) {
  const { t } = useLingui();
  const [shown, setShown] = useState<Confirmation>();
  const load = useAction(
    async (name: string) => (await publicApi('GET /public/confirmations/{token}', { params: { token: name } })).body,
    { onDone: setShown },
  );
  useWindowTitle(t`Seu horário`);
  const read = useEffectEvent(load.run);
  useEffect(() => {
    read(token);
  }, [token]);
  return (
    <main className={styles['page']}>
      {shown !== undefined ? (
        <Appointment
          token={token}
          shown={shown}
          onAnswered={setShown}
          onOutdated={() => {
            load.run(token);
          }}
        />
      ) : load.error === undefined ? (
        <Delayed>
          <p role="status">
            <Trans>Carregando…</Trans>
          </p>
        </Delayed>
      ) : load.error instanceof ApiError && load.error.status === 404 ? (
        <EmptyState level={1} tone="neutral" title={t`Este link não vale mais`}>
          <Trans>O horário já passou ou foi mudado. Se precisar, fale com a clínica.</Trans>
        </EmptyState>
      ) : (
        <FailureState
          level={1}
          error={load.error}
          title={t`Não foi possível abrir`}
          onRetry={() => {
            load.run(token);
          }}
        />
      )}
      <p className={styles['mark']}>
        <Wordmark size="1.125rem" />
      </p>
    </main>
  );
}

const isOutdated = (error: unknown): boolean => error instanceof ApiError && error.status === 409;

interface AppointmentProps {
  readonly token: string;
  readonly shown: Confirmation;
  readonly onAnswered: (shown: Confirmation) => void;
  /** The appointment is not what the page shows: it was moved or ended meanwhile. */
  readonly onOutdated: () => void;
}

function Appointment({ token, shown, onAnswered, onOutdated }: AppointmentProps) {
  const { t } = useLingui();
  const { firstName, clinicName, clinicPhone, startAt, timeZone, answer, mayAnswer, moved, privacyPath } = shown;
  const [isAsking, setAsking] = useState<Answer>();
  const send = useAction(
    async (chosen: Answer) =>
      (await publicApi('POST /public/confirmations/{token}', { params: { token }, body: { answer: chosen, startAt } }))
        .body,
    {
      onDone: (after) => {
        setAsking(undefined);
        onAnswered(after);
      },
      onFail: (error) => {
        if (isOutdated(error)) onOutdated();
      },
    },
  );
  return (
    <>
      <p className={styles['clinic']} translate="no">
        {clinicName}
      </p>
      <h1 className={styles['hello']}>
        <Trans>
          Olá, <span translate="no">{firstName}</span>
        </Trans>
      </h1>
      <p className={styles['moment']}>
        {formatDay(startAt, timeZone)}
        <strong className={styles['time']}>{formatTime(startAt, timeZone)}</strong>
      </p>
      {moved && mayAnswer && (
        <p>
          <Trans>Este é o novo horário: ele mudou depois da mensagem.</Trans>
        </p>
      )}
      {answer !== null && <Answered answer={answer} />}
      {!mayAnswer && answer === null && (
        <p>
          <Trans>Este horário já não pode ser respondido por aqui.</Trans>
        </p>
      )}
      {mayAnswer &&
        (isAsking === undefined ? (
          <Choices
            answer={answer}
            isBusy={send.isPending}
            onConfirm={() => {
              send.run('confirm');
            }}
            onAsk={setAsking}
          />
        ) : (
          <Question
            answer={isAsking}
            isBusy={send.isPending}
            onSend={() => {
              send.run(isAsking);
            }}
            onBack={() => {
              setAsking(undefined);
            }}
          />
        ))}
      {isOutdated(send.error) ? (
        <Failure
          error={mayAnswer ? t`O horário mudou enquanto você respondia. Confira e responda de novo.` : undefined}
        />
      ) : (
        <Failure error={send.error} />
      )}
      {clinicPhone !== null && (
        <p className={styles['phone']}>
          <Trans>
            Dúvidas? Fale com a clínica: <a href={`tel:${clinicPhone}`}>{formatPhone(clinicPhone)}</a>
          </Trans>
        </p>
      )}
      {privacyPath !== null && (
        <p className={styles['phone']}>
          <a href={privacyPath}>
            <Trans>Privacidade e termos de uso</Trans>
          </a>
        </p>
      )}
    </>
  );
}

function Answered({ answer }: { readonly answer: Answer }) {
  return (
    <p className={styles['answered']} role="status">
      {answer === 'confirm' && <Trans>Presença confirmada. Até lá.</Trans>}
      {answer === 'cancel' && <Trans>Seu pedido de cancelamento chegou. A clínica vai responder.</Trans>}
      {answer === 'reschedule' && <Trans>Seu pedido de outro horário chegou. A clínica vai falar com você.</Trans>}
    </p>
  );
}

interface ChoicesProps {
  readonly answer: Answer | null;
  readonly isBusy: boolean;
  readonly onConfirm: () => void;
  readonly onAsk: (answer: Answer) => void;
}

const Choices = ({ answer, isBusy, onConfirm, onAsk }: ChoicesProps) => (
  <div className={styles['choices']}>
    {answer !== 'confirm' && (
      <Button variant="primary" wide busy={isBusy} onClick={onConfirm}>
        <Trans>Confirmar presença</Trans>
      </Button>
    )}
    {answer !== 'reschedule' && (
      <Button
        wide
        onClick={() => {
          onAsk('reschedule');
        }}
      >
        <Trans>Pedir outro horário</Trans>
      </Button>
    )}
    {answer !== 'cancel' && (
      <Button
        wide
        onClick={() => {
          onAsk('cancel');
        }}
      >
        <Trans>Pedir para cancelar</Trans>
      </Button>
    )}
  </div>
);

interface QuestionProps {
  readonly answer: Answer;
  readonly isBusy: boolean;
  readonly onSend: () => void;
  readonly onBack: () => void;
}

/** Asks once more, because a wrong touch would trouble the clinic. */
const Question = ({ answer, isBusy, onSend, onBack }: QuestionProps) => (
  <div className={styles['choices']}>
    <p>
      {answer === 'cancel' ? (
        <Trans>Pedir à clínica para cancelar este horário?</Trans>
      ) : (
        <Trans>Pedir à clínica outro horário? Este fica marcado até ela responder.</Trans>
      )}
    </p>
    <Button variant="primary" wide busy={isBusy} onClick={onSend}>
      <Trans>Enviar pedido</Trans>
    </Button>
    <Button wide onClick={onBack}>
      <Trans>Voltar</Trans>
    </Button>
  </div>
);
