import { Trans } from '@lingui/react/macro';
import { IconUserOff } from '@tabler/icons-react';
import { Button } from '../../../ui/button.tsx';
import importList from '../import-list.module.css';

/** Lines that a person says are not the client they match; undefined where nothing can be chosen any more. */
export interface ApartLines {
  readonly lines: ReadonlySet<number>;
  readonly toggle: (line: number) => void;
}

interface ApartChoiceProps {
  readonly line: number;
  /** Whom the row matches. */
  readonly name: string;
  readonly apart: ApartLines | undefined;
}

/** The button with which a person says that a row is somebody else than the client it matches. */
export function ApartChoice({ line, name, apart }: ApartChoiceProps) {
  if (apart === undefined) return null;
  const isApart = apart.lines.has(line);
  return (
    <div className={importList['import-apart']}>
      <Button
        variant="quiet"
        icon={<IconUserOff size="1.125rem" aria-hidden="true" />}
        aria-pressed={isApart}
        onClick={() => {
          apart.toggle(line);
        }}
      >
        <Trans>
          Não é a mesma pessoa
          <span className="visually-hidden">
            (linha {line}, {name})
          </span>
        </Trans>
      </Button>
      {isApart && (
        <p className={importList['import-item-line']} role="status">
          <Trans>Confira de novo: vira um cadastro próprio. Com o CPF de outra pessoa, fica de fora.</Trans>
        </p>
      )}
    </div>
  );
}
